"""The seal of a secret poll: an envelope tells nothing without the server's key.

Encrypt, then authenticate, from the standard library: the bytes of SHAKE-256 over a key
and a fresh nonce hide a text of fixed length, keyed BLAKE2b vouches for it and for the
voter whose envelope it is. The key depends on the server's secret, which is not in the
database, and on a salt that is forgotten when the poll is closed. What this protects
against, and what it does not: docs/secret-ballots.md.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

_NONCE = 32
_TAG = 32
# All envelopes are of one length, or the length would tell the choice.
_LENGTH = 512


class BrokenSeal(Exception):
    """An envelope was not sealed with this key for this voter, or has been changed."""


@dataclass(frozen=True)
class Sealed:
    """What an envelope holds: the choice, and the receipt of the voter."""

    choice: str
    receipt: str


def seal_key(secret: str, salt: bytes) -> bytes:
    """The key of one poll."""
    if not secret:
        raise RuntimeError("secret polls need the server's key")
    return hmac.digest(secret.encode(), b"seal of a poll" + salt, "sha256")


def voter_name(poll_id: int, person_id: int) -> str:
    """Whose an envelope is, for the seal to vouch for."""
    return f"{poll_id}:{person_id}"


def new_receipt() -> str:
    """A receipt that nobody can guess."""
    return secrets.token_hex(16)


def receipt_digest(receipt: str) -> bytes:
    """What is published of a receipt."""
    return hashlib.sha256(receipt.encode()).digest()


def seal(key: bytes, voter: str, content: Sealed) -> bytes:
    """A voter's envelope."""
    nonce = secrets.token_bytes(_NONCE)
    hidden = _hide(key, nonce, f"{content.receipt} {content.choice}".encode().ljust(_LENGTH))
    return nonce + hidden + _vouch(key, voter, nonce + hidden)


def unseal(key: bytes, voter: str, envelope: bytes) -> Sealed:
    """What a voter's envelope holds; BrokenSeal if it is not theirs or not whole."""
    body, tag = envelope[:-_TAG], envelope[-_TAG:]
    if not hmac.compare_digest(tag, _vouch(key, voter, body)):
        raise BrokenSeal(voter)
    receipt, _, choice = _hide(key, body[:_NONCE], body[_NONCE:]).decode().rstrip().partition(" ")
    return Sealed(choice, receipt)


def _hide(key: bytes, nonce: bytes, text: bytes) -> bytes:
    if len(text) != _LENGTH:
        raise ValueError("too long for an envelope")
    stream = hashlib.shake_256(b"hide" + key + nonce).digest(_LENGTH)
    return bytes(a ^ b for a, b in zip(text, stream, strict=True))


def _vouch(key: bytes, voter: str, body: bytes) -> bytes:
    return hashlib.blake2b(voter.encode() + b"\0" + body, key=key, digest_size=_TAG).digest()
