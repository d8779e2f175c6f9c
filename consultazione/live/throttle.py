"""One after the other, with rests between: what anybody may ask for takes no process over.

A reading of a long sitting takes half a second, in which a process does nothing else; and
it is asked for by everything that happens in a room, for each who reads along.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Of the time that a turn took: turns take a quarter of all time at most.
_REST = 3.0


class Throttle:
    """The turns of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rested_at = 0.0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for those who came before, and until the last turn is rested from."""
        with self._lock:
            time.sleep(max(0.0, self._rested_at - time.monotonic()))
            began = time.monotonic()
            try:
                yield
            finally:
                ended = time.monotonic()
                self._rested_at = ended + _REST * (ended - began)
