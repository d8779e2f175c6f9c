"""Sealing the secret of somebody's app, so that the database alone makes no codes.

AES-256-GCM under a key that HKDF-SHA256 (RFC 5869) derives from the server's secret; whose it is,
is authenticated with it. A sealed secret has the nonce (12 bytes), the text and the tag (16).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INFO = b"consultazione second step, secret of an app 1"
_NONCE = 12


def seal(secret: str, person_id: int, key: str) -> bytes:
    """A secret, sealed for a person under the server's secret; different each time."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(key).encrypt(nonce, secret.encode(), _whose(person_id))


def unseal(sealed: bytes, person_id: int, keys: Sequence[str]) -> str | None:
    """The secret of a person under one of the server's secrets; None if none of them opens it."""
    for key in keys:
        try:
            opened = _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _whose(person_id))
        except InvalidTag:
            continue
        return opened.decode()
    return None


def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=_INFO).derive(key.encode()))


def _whose(person_id: int) -> bytes:
    return f"person {person_id}".encode()
