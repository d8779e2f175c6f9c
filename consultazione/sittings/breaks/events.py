"""Events of breaks, of a sitting or of a point, in the sitting's own stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class SittingSuspended(Event, texts={"reason": "suspension.reason"}):
    """The facilitator has suspended the sitting; the point at hand had taken so many seconds."""

    kind: ClassVar[str] = "sitting.suspended"

    sitting_id: int
    point_id: int | None
    spent: int | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class SittingResumed(Event):
    """The facilitator has resumed the sitting, and with it the point at hand."""

    kind: ClassVar[str] = "sitting.resumed"

    sitting_id: int
    point_id: int | None


@dataclass(frozen=True, kw_only=True)
class PointSuspended(Event):
    """A point of the agenda has been put aside for later, after so many seconds in all."""

    kind: ClassVar[str] = "agenda.point_suspended"

    point_id: int
    spent: int
