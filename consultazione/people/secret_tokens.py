"""Random keys that a browser or a program shows; only their digests are kept."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """A key that nobody can guess (256 bits)."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> bytes:
    """What the database keeps of a key."""
    return hashlib.sha256(key.encode()).digest()
