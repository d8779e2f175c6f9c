"""The keys of secret polls: where they lie is chosen elsewhere, what they can do is said here.

A key lives outside the database and outside DATA_DIR, so that the disk alone never opens an
envelope, and ends with its poll. The stores are in `consultazione.keys`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

# Bytes of a key: that of AES-256.
LENGTH = 32


class KeysAway(Exception):
    """The store of keys does not answer now: a fault of the moment, not the loss of a key."""


class KeyStore(Protocol):
    """Keeps keys by name for all processes that serve the polls. Any method may raise KeysAway.

    A name consists of digits, letters and hyphens, and is used once.
    """

    def create(self, name: str) -> bytes:
        """Draw a new key, store it and return it; KeysAway if the name is taken."""

    def get(self, name: str) -> bytes | None:
        """Return a key; None if it is gone."""

    def destroy(self, name: str) -> None:
        """Destroy a key. Idempotent."""

    def list(self) -> dict[str, datetime]:
        """Return the names of all keys with the moments of their creation."""


class NoKeys:
    """The store of a process that neither opens, nor counts, nor sweeps secret polls."""

    def create(self, name: str) -> bytes:
        raise KeysAway(f"this process has no store of keys for {name}")

    def get(self, name: str) -> bytes | None:
        raise KeysAway(f"this process has no store of keys for {name}")

    def destroy(self, name: str) -> None:
        raise KeysAway(f"this process has no store of keys for {name}")

    def list(self) -> dict[str, datetime]:
        raise KeysAway("this process has no store of keys")
