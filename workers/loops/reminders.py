"""Enqueues a reminder of each job and each mail that is due."""

from __future__ import annotations

from rq import Queue

from consultazione.core import job_outbox
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.mail import outbox as mail_outbox
from workers.queue import remind, remind_of_bulk, remind_of_mail

_EVERY = 1.0


class Reminders:
    """The way of owed jobs and mails from the database to RQ."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    def every(self) -> float:
        """A second."""
        return _EVERY

    def turn(self) -> None:
        """Enqueue what is due, once its rows are free: a worker skips locked ones."""
        with self._database.transaction(SYSTEM) as tx:
            jobs = job_outbox.lease_due(tx.session, at=tx.now)
            mails = mail_outbox.lease_due(tx.session, at=tx.now)
            has_bulk, now = mail_outbox.is_bulk_due(tx.session, at=tx.now), tx.now
        for job in jobs:
            remind(self._queue, job)
        for mail in mails:
            remind_of_mail(self._queue, mail)
        if has_bulk:
            remind_of_bulk(self._queue, at=now)
