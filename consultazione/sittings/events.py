"""Events of a sitting's course, in its own stream, which the room follows entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from consultazione.core.events import Event, FreeText


def sitting_stream(sitting_id: int) -> str:
    """The stream that the room follows entry by entry."""
    return f"sitting:{sitting_id}"


def attendance_stream(sitting_id: int) -> str:
    """The stream of arrivals and departures; the room sees them as snapshots."""
    return f"attendance:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class SittingConvened(Event, texts={"title": "sitting.title", "place": "sitting.place"}):
    """A sitting of a table has been convened, perhaps as the second convocation of another."""

    kind: ClassVar[str] = "sitting.convened"

    sitting_id: int
    table_id: int
    starts_at: datetime
    title: FreeText
    place: FreeText
    second_of: int | None = None
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class SittingCorrected(
    Event,
    texts={"title": "sitting.title", "place": "sitting.place", "reason": "sitting_version.reason"},
):
    """The convocation of a sitting has been corrected, for a reason; this is what it says now."""

    kind: ClassVar[str] = "sitting.corrected"

    sitting_id: int
    revision: int
    starts_at: datetime
    title: FreeText
    place: FreeText
    reason: FreeText
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class SittingPostponed(Event, texts={"place": "sitting.place", "reason": "sitting_version.reason"}):
    """A sitting has been postponed, for a reason; its roll is not called any more."""

    kind: ClassVar[str] = "sitting.postponed"

    sitting_id: int
    revision: int
    starts_at: datetime
    place: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class SittingCancelled(Event, texts={"reason": "sitting.cancelled_reason"}):
    """A convened sitting is not held, for a reason."""

    kind: ClassVar[str] = "sitting.cancelled"

    sitting_id: int
    revision: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class RollCalled(Event, texts={"early_reason": "sitting.early_reason"}):
    """The roll of a sitting is called, with the reason if it is before the day convened for."""

    kind: ClassVar[str] = "sitting.roll_called"

    sitting_id: int
    presided_by: int
    early_reason: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class SecretaryNamed(Event):
    """Somebody writes the minutes of a sitting from now on; without a person nobody does."""

    kind: ClassVar[str] = "sitting.secretary_named"

    sitting_id: int
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class PointAdded(Event, texts={"title": "agenda_point.title"}):
    """A point has been put on the agenda."""

    kind: ClassVar[str] = "agenda.point_added"

    point_id: int
    rank: int
    title: FreeText
    minutes_planned: int | None
    proposal_id: int | None


@dataclass(frozen=True, kw_only=True)
class SittingOpened(Event, texts={"early_reason": "sitting.early_reason"}):
    """The facilitator has opened the sitting and presides, with the reason if before its day."""

    kind: ClassVar[str] = "sitting.opened"

    sitting_id: int
    presided_by: int
    attendance_needed: dict[str, int] | None = None
    attendance_there: dict[str, int] | None = None
    early_reason: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class SittingReopened(Event, texts={"reason": "sitting.reopened_reason"}):
    """A sitting that had been closed on the same day goes on, for a reason."""

    kind: ClassVar[str] = "sitting.reopened"

    sitting_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class SittingClosed(Event):
    """The facilitator has closed the sitting."""

    kind: ClassVar[str] = "sitting.closed"

    sitting_id: int


@dataclass(frozen=True, kw_only=True)
class PointStarted(Event):
    """The sitting has come to a point of the agenda."""

    kind: ClassVar[str] = "agenda.point_started"

    point_id: int


@dataclass(frozen=True, kw_only=True)
class PointClosed(Event):
    """The sitting is done with a point of the agenda, which took so many seconds."""

    kind: ClassVar[str] = "agenda.point_closed"

    point_id: int
    spent: int | None = None
