"""Tells those who read a chat what was written, hidden and shown; forgets chats that were kept.

Messages leave no entry in the log, so they are found by the version of each chat. Two leaders
after one another tell the same twice, and browsers replace a message that they have.
"""

from __future__ import annotations

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.live.beside.chat import chat_frame
from consultazione.live.fanout import Fanout, publish_all
from consultazione.sittings.chat.commands.course import forget_chat
from consultazione.sittings.chat.queries import (
    MOST_CHANGED,
    chat_changes,
    chat_versions,
    chats_to_forget,
)
from workers.loops.pace import Pace

_FORGET_EVERY = 600.0


class Chats:
    """What was told of each chat of an open sitting, as its version."""

    def __init__(self, database: Database, fanout: Fanout, pace: Pace) -> None:
        self._database = database
        self._fanout = fanout
        self._pace = pace
        self._told: dict[int, int] = {}

    def every(self) -> float:
        """Half as often as other snapshots, since a message waits for nobody's act."""
        return 2 * self._pace.snapshots_every()

    def turn(self) -> None:
        """Send what has changed since the last turn; what could not be sent stays due."""
        with self._database.snapshot() as session:
            versions = chat_versions(session)
            changed = {one: now for one, now in versions.items() if now > self._since(one, now)}
            frames = [
                chat_frame(one, chat_changes(session, one, after=self._since(one, now)))
                for one, now in changed.items()
            ]
        publish_all(self._fanout, frames)
        self._told = versions

    def _since(self, sitting_id: int, now: int) -> int:
        """The version that was told last; for a new leader the newest messages are untold."""
        return self._told.get(sitting_id, max(now - MOST_CHANGED, 0))


class ChatSweep:
    """Deletes the messages of chats that were kept and whose time is over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """Ten minutes."""
        return _FORGET_EVERY

    def turn(self) -> None:
        """Forget each in a transaction of its own."""
        with self._database.snapshot() as session:
            over = chats_to_forget(session, now=clock.now())
        for sitting_id in over:
            with self._database.transaction(SYSTEM) as tx:
                forget_chat(tx, sitting_id=sitting_id)
