"""So many acts at once have a transaction of their own; the others wait without one.

A process has only so many connections to the database. Whoever waited for one of them
too long would be told of a fault; here they wait in order, or are told when to try again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from consultazione.live.group_commit import MOST_WAITING, TOO_MANY, Busy

AT_ONCE = 8  # of the pool's connections; groups, readings and pages need some too


class ConcurrencyLimit:
    """Lets so many through at once; Busy for who finds too many waiting."""

    def __init__(self, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._free = BoundedSemaphore(at_once)
        self._most = at_once + most_waiting
        self._count = 0
        self._lock = Lock()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Wait for one's turn, and let the next through at the end."""
        self._change(1)
        try:
            with self._free:
                yield
        finally:
            self._change(-1)

    def _change(self, by: int) -> None:
        with self._lock:
            if by > 0 and self._count >= self._most:
                raise Busy(TOO_MANY)
            self._count += by
