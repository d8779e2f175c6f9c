"""How often rooms are told something: the more people are present, the less often.

A frame is written to every browser of a room, one after the other; with fewer frames a web
process has most of its time for what people do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

_TICK = 0.03  # the first entry travels at once; those within this time after it, together
_TICK_A_PERSON = 15e-6
_SNAPSHOTS_EVERY = 0.25
_SNAPSHOTS_A_PERSON = 75e-6


class Pace:
    """How many are present in each open sitting, as rooms were last told, and what follows."""

    def __init__(self) -> None:
        self._present: dict[int, int] = {}

    def note(self, present: Mapping[int, int]) -> None:
        """Note how many are present in some sittings, by their ids."""
        self._present.update(present)

    def keep(self, sitting_ids: Collection[int]) -> None:
        """Forget all other sittings: they are over."""
        self._present = {one: n for one, n in self._present.items() if one in sitting_ids}

    def tick(self) -> float:
        """Seconds in which entries gather for one frame."""
        return _TICK + _TICK_A_PERSON * self._largest()

    def snapshots_every(self) -> float:
        """Seconds between two snapshots of the same thing."""
        return _SNAPSHOTS_EVERY + _SNAPSHOTS_A_PERSON * self._largest()

    def _largest(self) -> int:
        return max(self._present.values(), default=0)
