"""Has deleted what was kept for long enough."""

from __future__ import annotations

from rq import Queue

from consultazione.core import clock
from workers.queue import remind_of_retention

_EVERY = 600.0


class Retention:
    """Has a worker, which alone has the files, delete what was kept for long enough."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def every(self) -> float:
        """Ten minutes."""
        return _EVERY

    def turn(self) -> None:
        """Remind a worker, once an hour."""
        remind_of_retention(self._queue, at=clock.now())
