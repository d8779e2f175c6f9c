"""When each loop has its turn."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol


class Loop(Protocol):
    """One kind of work that is done again and again while a dispatcher leads."""

    def every(self) -> float:
        """Seconds between two turns, as things stand now."""

    def turn(self) -> None:
        """Do what is due. Idempotent: after a crash the next leader does it again."""


class Rhythm:
    """Gives each loop its turn as often as it wants one, in the order given."""

    def __init__(self, loops: Sequence[Loop]) -> None:
        self._due: dict[Loop, float] = dict.fromkeys(loops, 0.0)

    def turn(self) -> None:
        """Give a turn to each loop that is due."""
        now = time.monotonic()
        for loop, due in self._due.items():
            if due <= now:
                loop.turn()
                self._due[loop] = now + loop.every()
