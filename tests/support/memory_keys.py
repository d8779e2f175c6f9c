"""A store of keys in the memory of the test."""

from __future__ import annotations

import secrets
from datetime import datetime

from consultazione.core import clock
from consultazione.core.keys import LENGTH, KeysAway


class MemoryKeys:
    """Keeps keys in a dictionary, which a test may empty, and can be made to be away."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[datetime, bytes]] = {}
        self.is_away = False

    def create(self, name: str) -> bytes:
        """Draw and keep a new key."""
        self._answer()
        if name in self.kept:
            raise KeysAway(name)
        self.kept[name] = clock.now(), secrets.token_bytes(LENGTH)
        return self.kept[name][1]

    def get(self, name: str) -> bytes | None:
        """The key; None if it is gone."""
        self._answer()
        return self.kept[name][1] if name in self.kept else None

    def destroy(self, name: str) -> None:
        """Forget the key."""
        self._answer()
        self.kept.pop(name, None)

    def list(self) -> dict[str, datetime]:
        """The names with the moments of creation."""
        self._answer()
        return {name: made for name, (made, _) in self.kept.items()}

    def _answer(self) -> None:
        if self.is_away:
            raise KeysAway("the store of the test is away")
