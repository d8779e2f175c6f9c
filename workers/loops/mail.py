"""Has mails deleted whose time is over."""

from __future__ import annotations

from rq import Queue

from consultazione.core import clock
from workers.queue import remind_of_sweep

_EVERY = 600.0


class MailSweep:
    """Has a worker, which alone has the folder of mails, delete those whose time is over."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def every(self) -> float:
        """Ten minutes."""
        return _EVERY

    def turn(self) -> None:
        """Remind a worker, once an hour."""
        remind_of_sweep(self._queue, at=clock.now())
