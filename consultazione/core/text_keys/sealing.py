"""Encrypting a text under the key of its leaf: AES-256-GCM (NIST SP 800-38D).

What is sealed is a random nonce of twelve bytes and the ciphertext with its tag. A leaf is
drawn for one text; the nonce is for the case that a restored database draws it again. The
place of the text is authenticated with it, so that a text opens nowhere else.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


class Damaged(ValueError):
    """What was sealed has been changed, moved, or was sealed under another key."""


def seal(key: bytes, place: bytes, content: bytes) -> bytes:
    """Encrypt some bytes under a key of 32 bytes; place: where they belong, not encrypted."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place)


def open_sealed(key: bytes, place: bytes, sealed: bytes) -> bytes:
    """The bytes that `seal` encrypted for that place; Damaged if they are not whole."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise Damaged("does not open") from error
