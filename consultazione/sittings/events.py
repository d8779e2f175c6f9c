"""Events of a sitting's course, in its own stream, which the room follows entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from consultazione.core.events import Event, FreeText


def sitting_stream(sitting_id: int) -> str:
    """The stream that the room follows entry by entry."""
    return f"sitting:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class SittingConvened(Event, texts={"title": "sitting.title", "place": "sitting.place"}):
    """A facilitator has convened a sitting of a table."""

    kind: ClassVar[str] = "sitting.convened"

    sitting_id: int
    table_id: int
    starts_at: datetime
    title: FreeText
    place: FreeText


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
class SittingOpened(Event):
    """The facilitator has opened the sitting and presides over it."""

    kind: ClassVar[str] = "sitting.opened"

    sitting_id: int
    presided_by: int
    attendance_needed: dict[str, int] | None = None
    attendance_there: dict[str, int] | None = None


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
