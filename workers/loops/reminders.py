"""Enqueues a reminder of each job that is due."""

from __future__ import annotations

from rq import Queue

from consultazione.core import job_outbox
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from workers.queue import remind

_EVERY = 1.0


class Reminders:
    """The way of owed jobs from the database to RQ."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    def every(self) -> float:
        """A second."""
        return _EVERY

    def turn(self) -> None:
        """Enqueue the jobs that are due, once their rows are free: a worker skips locked ones."""
        with self._database.transaction(SYSTEM) as tx:
            due = job_outbox.lease_due(tx.session, at=tx.now)
        for job in due:
            remind(self._queue, job)
