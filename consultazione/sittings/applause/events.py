"""The event of applause, in the sitting's own stream: one for a speech or a point, not for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ApplauseCounted(Event):
    """A speech, or the discussion of a point, is over and was applauded so often."""

    kind: ClassVar[str] = "applause.counted"

    hand_id: int | None
    point_id: int | None
    count: int
