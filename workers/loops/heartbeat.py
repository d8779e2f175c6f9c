"""Tells open sittings their last number every few seconds, so that no gap stays unseen."""

from __future__ import annotations

from consultazione.core.db import Database
from consultazione.live import frames
from consultazione.live.fanout import Fanout, publish_all
from workers.loops.pace import Pace

_EVERY = 5.0


class Heartbeat:
    """The beat of the open sittings; rehearsals that have ended since are told so too."""

    def __init__(self, database: Database, fanout: Fanout, pace: Pace) -> None:
        self._database = database
        self._fanout = fanout
        self._pace = pace
        self._rehearsed: set[int] = set()

    def every(self) -> float:
        """A few seconds."""
        return _EVERY

    def turn(self) -> None:
        """Send each open sitting its head, and forget the pace of those that are over."""
        with self._database.snapshot() as session:
            going_on = set(frames.open_sittings(session))
            publish_all(self._fanout, frames.head_frames(session, sorted(going_on)))
        rehearsed = set(filter(frames.is_of_rehearsal, going_on))
        publish_all(
            self._fanout,
            [frames.rehearsal_over_frame(number) for number in self._rehearsed - rehearsed],
        )
        self._rehearsed = rehearsed
        self._pace.keep(going_on)
