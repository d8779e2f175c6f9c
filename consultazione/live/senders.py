"""Who sends the messages that come by the thousand: found out once in a few seconds.

A connection ends with its sign-in, and what only few may do is asked anew each time; so
all that can be late here is a role of somebody who speaks for themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from consultazione.core.actor import Actor

KNOWN_FOR = 3.0
_MOST = 50_000


class Senders:
    """The actors behind the keys of one process's browsers."""

    def __init__(self, find: Callable[[str], Actor]) -> None:
        self._find = find
        self._known: dict[str, tuple[Actor, float]] = {}

    def actor(self, key: str, *, recent: bool) -> Actor:
        """The actor behind a key; if `recent` is enough, as it was a few seconds ago."""
        found, since = self._known.get(key, (None, 0.0))
        now = time.monotonic()
        if found is not None and recent and now - since < KNOWN_FOR:
            return found
        if len(self._known) >= _MOST:
            self._known.clear()
        actor = self._find(key)
        self._known[key] = (actor, now)
        return actor
