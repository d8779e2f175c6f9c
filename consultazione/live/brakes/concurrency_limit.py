"""Limits how many requests of a process hold a database transaction of their own at once.

A process has a fixed number of connections to the database. A request that waits for one of
them too long gets an error; here it waits in order without one, or is told when to retry.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from consultazione.live.group_commit import MOST_WAITING
from consultazione.live.refusals import TOO_MANY, Busy

AT_ONCE = 8  # of the pool's connections; groups, snapshots and pages need some too


class ConcurrencyLimit:
    """A semaphore whose queue is bounded."""

    def __init__(self, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._slots = BoundedSemaphore(at_once)
        self._most = at_once + most_waiting
        self._count = 0
        self._lock = Lock()

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Wait for a free slot and hold it; Busy at once if too many wait."""
        self._change(1)
        try:
            with self._slots:
                yield
        finally:
            self._change(-1)

    def _change(self, by: int) -> None:
        with self._lock:
            if by > 0 and self._count >= self._most:
                raise Busy(TOO_MANY)
            self._count += by
