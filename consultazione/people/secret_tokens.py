"""Random keys that browsers and programs present. Only their digests are stored."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """A random key of 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> bytes:
    """The digest of a key, as the database stores it."""
    return hashlib.sha256(key.encode()).digest()
