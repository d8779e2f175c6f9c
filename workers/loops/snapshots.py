"""Sends presence, turnout, questions and record as snapshots when they have changed."""

from __future__ import annotations

from typing import cast

from consultazione.core.db import Database
from consultazione.live import frames
from consultazione.live.contract import PresenceFrame
from consultazione.live.fanout import Fanout, publish_all
from consultazione.live.pending_snapshots import PendingSnapshots
from workers.loops.pace import Pace


class Snapshots:
    """The snapshots that are due; `pending` collects them from the entries of the log."""

    def __init__(self, database: Database, fanout: Fanout, pace: Pace) -> None:
        self.pending = PendingSnapshots()
        self._database = database
        self._fanout = fanout
        self._pace = pace

    def begin(self) -> None:
        """Note that every open sitting may have missed a snapshot: another led before."""
        with self._database.snapshot() as session:
            self.pending.note_missed(frames.open_sittings(session))

    def every(self) -> float:
        """As the pace of the largest room allows."""
        return self._pace.snapshots_every()

    def turn(self) -> None:
        """Send the snapshots of what has changed; what could not be sent stays due."""
        if not self.pending:
            return
        with self._database.snapshot() as session:
            due = self.pending.frames(session)
        present = [cast(PresenceFrame, frame.payload) for frame in due if frame.event == "presence"]
        self._pace.note({payload["sitting"]: payload["count"] for payload in present})
        publish_all(self._fanout, due)
        self.pending.clear()
