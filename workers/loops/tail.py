"""Reads the log forward: tells rooms of new entries, and writes down the jobs that they owe."""

from __future__ import annotations

from consultazione.core import job_outbox, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.live import frames
from consultazione.live.beside.chat import take_out
from consultazione.live.fanout import Fanout, publish_all
from consultazione.live.pending_snapshots import PendingSnapshots
from workers.reactions import owed_by

BATCH = 500


class Tail:
    """The dispatcher's way along the log; its cursor is in the database."""

    def __init__(self, database: Database, fanout: Fanout, pending: PendingSnapshots) -> None:
        self._database = database
        self._fanout = fanout
        self._pending = pending

    def forward(self) -> int:
        """Deal with the next batch of entries; how many there were.

        Rooms are told first. Jobs and cursor are committed after that, in one transaction: if
        Redis or the process fails meanwhile, the same batch is told again, and a browser
        drops the numbers that it has.
        """
        with self._database.transaction(SYSTEM) as tx:
            after = job_outbox.cursor(tx.session, job_outbox.DISPATCHER)
            entries = log.read_forward(tx.session, after=after, limit=BATCH)
            if not entries:
                return 0
            publish_all(self._fanout, frames.entry_frames(tx.session, entries))
            take_out(tx.session, self._fanout, entries)
            self._pending.note(entries)
            job_outbox.add_jobs(tx.session, owed_by(entries), at=tx.now)
            job_outbox.advance(tx.session, job_outbox.DISPATCHER, entries[-1].position)
        return len(entries)
