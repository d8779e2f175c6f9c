"""How long each sign of life has stayed the same, whatever the clock on the wall does.

The clock of a machine is set, and a machine is put to sleep: both look as if everybody had
been silent for hours. So signs are only compared with what they were, the time between two
looks is that of the monotonic clock, and however long it was, it counts as one of the usual
length: whoever could not look could perhaps not be told either.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SILENCE = 90.0  # seconds, as those below
LONGEST_BETWEEN_LOOKS = 30.0
# A person in a sitting.
Who = tuple[int, int]


@dataclass
class Silences:
    """What one process has seen of signs of life; another process that takes over sees anew."""

    seconds: Callable[[], float] = time.monotonic
    _looked_at: float = 0.0
    _seen: dict[Who, tuple[bytes, float]] = field(default_factory=dict)

    def look(self, signs: Mapping[Who, bytes]) -> list[Who]:
        """Take in the present signs; returns who has given none for longer than SILENCE.

        Whoever is missing is forgotten.
        """
        now = self.seconds()
        passed = min(now - self._looked_at, LONGEST_BETWEEN_LOOKS)
        self._looked_at = now
        self._seen = {who: (sign, self._silence(who, sign, passed)) for who, sign in signs.items()}
        return [who for who, (_sign, silent) in self._seen.items() if silent > SILENCE]

    def _silence(self, who: Who, sign: bytes, passed: float) -> float:
        former, silent = self._seen.get(who, (b"", 0.0))
        return silent + passed if sign == former else 0.0
