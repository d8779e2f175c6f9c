"""How many messages one sender may send in a while: counted by each process for its own.

The library that limits requests starts a thread whenever it forgets what is over, and looks
through all it knows; with thousands of senders that took a tenth of the time of a busy room.
"""

from __future__ import annotations

import time
from collections import Counter


class RateLimit:
    """So many messages in each stretch of some seconds, for each sender."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._stretch = 0.0
        self._sent: Counter[str] = Counter()

    def take(self, sender: str) -> bool:
        """Count a message; False if it is one too many."""
        stretch = time.monotonic() // self._seconds
        if stretch != self._stretch:
            self._stretch = stretch
            self._sent.clear()
        self._sent[sender] += 1
        return self._sent[sender] <= self._most
