"""Who sends the messages that come by the thousand: found out together, and for a moment.

A connection ends with its sign-in, and what only few may do is asked anew each time; so
all that can be late here is a role of somebody who speaks for themselves.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from consultazione.core.actor import VISITOR, Actor
from consultazione.core.db import Database
from consultazione.live.group_commit import GroupCommit
from consultazione.people.queries import actors_signed_in

KNOWN_FOR = 3.0
_MOST = 50_000


class ActorCache:
    """The actors behind the keys of one process's browsers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._together: GroupCommit[str, Actor] = GroupCommit(self._find)
        self._known: dict[str, tuple[Actor, float]] = {}

    def actor(self, key: str, *, recent: bool) -> Actor:
        """The actor behind a key; `recent` if it may be as it was a few seconds ago.

        Without a key, or with one that is revoked or has run out, it is a visitor.
        """
        if not key:
            return VISITOR
        found, since = self._known.get(key, (VISITOR, 0.0))
        if recent and found.is_signed_in and time.monotonic() - since < KNOWN_FOR:
            return found
        actor = self._together.submit("", key) if recent else self._find("", [key])[0]
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = (actor, time.monotonic())
        return actor

    def _find(self, _all: str, keys: list[str]) -> Sequence[Actor]:
        with self._database.snapshot() as session:
            return actors_signed_in(session, keys)
