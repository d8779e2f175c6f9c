"""Finds out who sends a message; for frequent messages in groups, and kept for a moment.

A connection ends with its sign-in, and messages that need a special role are never answered
from the cache; so all that can be stale is a role in a message that everybody may send.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, VISITOR, Actor
from consultazione.core.db import Database
from consultazione.live.group_commit import GroupCommit
from consultazione.people.lifetimes import NOTED_EVERY, note_seen
from consultazione.people.queries import actors_signed_in
from consultazione.people.secret_tokens import digest_of

KNOWN_FOR = 3.0
_MOST = 50_000


class ActorCache:
    """The actors behind the keys of one process's browsers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._group: GroupCommit[str, Actor] = GroupCommit(self._find)
        self._known: dict[str, tuple[Actor, float]] = {}
        self._noted: dict[str, datetime] = {}

    def actor(self, key: str, *, recent: bool) -> Actor:
        """The actor behind a sign-in's key; a visitor for none, or one that has ended.

        recent: an answer of the last KNOWN_FOR seconds will do.
        """
        if not key:
            return VISITOR
        found, since = self._known.get(key, (VISITOR, 0.0))
        if recent and found.is_signed_in and time.monotonic() - since < KNOWN_FOR:
            return found
        actor = self._group.submit("", key) if recent else self._find("", [key])[0]
        if len(self._known) >= _MOST:
            self._known.clear()
            self._noted.clear()
        self._known[key] = (actor, time.monotonic())
        return actor

    def _find(self, _all: str, keys: list[str]) -> Sequence[Actor]:
        with self._database.snapshot() as session:
            actors = actors_signed_in(session, keys)
        self._note_seen([key for key, found in zip(keys, actors, strict=True) if found != VISITOR])
        return actors

    def _note_seen(self, keys: Sequence[str]) -> None:
        """Write down that sign-ins are in use: the chair of a sitting loads no page all day.

        Not for a key that is new here, since its page was loaded a moment ago.
        """
        now = clock.now()
        late = [key for key in keys if now - self._noted.setdefault(key, now) > NOTED_EVERY]
        if late:
            with self._database.transaction(SYSTEM) as tx:
                note_seen(tx.session, [digest_of(key) for key in late], now)
            self._noted.update(dict.fromkeys(late, now))
