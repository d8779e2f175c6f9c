"""Limits the share of a process's time that one kind of work may take.

Reading hundreds of entries takes a tenth of a second, in which a process does nothing else; and
every event in a room asks for it again, for each language in which somebody reads along.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# After each turn as many times its length is left to others: turns take a quarter at most.
_REST = 3.0


class Throttle:
    """Turns of one process: one at a time, with a rest in proportion after each."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rested_at = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for earlier turns and for the rest after them, then take one."""
        with self._lock:
            time.sleep(max(0.0, self._rested_at - time.monotonic()))
            began = time.monotonic()
            try:
                yield
            finally:
                ended = time.monotonic()
                self._rested_at = ended + _REST * (ended - began)
