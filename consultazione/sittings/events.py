"""Events of a sitting: agenda, floor, polls; in streams beside it, attendance and ballots."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category
from consultazione.sittings.models import HandKind
from consultazione.sittings.polls.rules import Franchise, Majority, MajorityOf, QuorumOf


def sitting_stream(sitting_id: int) -> str:
    """The stream that the room follows entry by entry."""
    return f"sitting:{sitting_id}"


def attendance_stream(sitting_id: int) -> str:
    """The stream of arrivals and departures; the room sees them as snapshots."""
    return f"attendance:{sitting_id}"


def poll_stream(poll_id: int) -> str:
    """The stream of a poll's ballots; the room sees them as tallies."""
    return f"poll:{poll_id}"


@dataclass(frozen=True, kw_only=True)
class SittingConvened(Event):
    """A facilitator has convened a sitting of a table."""

    kind: ClassVar[str] = "sitting.convened"

    sitting_id: int
    table_id: int
    starts_at: datetime
    title: FreeText
    place: FreeText


@dataclass(frozen=True, kw_only=True)
class PointAdded(Event):
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


@dataclass(frozen=True, kw_only=True)
class HandRaised(Event):
    """A participant asks for the floor, to a point of order, or to reply to who has it."""

    kind: ClassVar[str] = "hand.raised"

    hand_id: int
    point_id: int | None
    person_id: int
    mandate_id: int | None
    category: Category
    hand_kind: HandKind = HandKind.FLOOR
    reply_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class HandWithdrawn(Event):
    """A participant no longer asks for the floor."""

    kind: ClassVar[str] = "hand.withdrawn"

    hand_id: int


@dataclass(frozen=True, kw_only=True)
class FloorGiven(Event):
    """The facilitator has given the floor to a participant, for so many seconds if limited."""

    kind: ClassVar[str] = "floor.given"

    hand_id: int
    point_id: int | None
    seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class FloorEnded(Event):
    """A participant has finished speaking, after so many seconds."""

    kind: ClassVar[str] = "floor.ended"

    hand_id: int
    seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class PollOpened(Event):
    """The facilitator has put a question to those present."""

    kind: ClassVar[str] = "poll.opened"

    poll_id: int
    point_id: int | None
    poll_kind: str
    question: FreeText
    majority: Majority = Majority.SIMPLE
    majority_of: MajorityOf = MajorityOf.VOTERS
    quorum: int = 0
    quorum_of: QuorumOf = QuorumOf.NUMBER
    franchise: Franchise = Franchise.PERSONS
    entitled: int | None = None
    secret: bool = False
    changeable: bool = True
    live: bool = False
    least: int = 1
    most: int = 1
    grades: int = 5
    weights: dict[str, int] | None = None
    attendance_needed: dict[str, int] | None = None
    attendance_there: dict[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class PollClosed(Event):
    """A poll is over: its electorate, its tally, whether it carried and why."""

    kind: ClassVar[str] = "poll.closed"

    poll_id: int
    electorate: int
    tally: dict[str, int]
    carried: bool
    grounds: str
    numbers: dict[str, int] | None = None
    winners: list[int] = field(default_factory=list)
    entitled: int | None = None
    cast: int | None = None
    room_tally: dict[str, int] | None = None
    attendance_needed: dict[str, int] | None = None
    attendance_there: dict[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Entered(Event):
    """A person has come into the sitting, alone or for an organisation."""

    kind: ClassVar[str] = "attendance.entered"

    attendance_id: int
    sitting_id: int
    person_id: int
    mandate_id: int | None
    category: Category


@dataclass(frozen=True, kw_only=True)
class Left(Event):
    """A person has left the sitting."""

    kind: ClassVar[str] = "attendance.left"

    attendance_id: int
    sitting_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class BallotCast(Event):
    """A voter has cast or changed their ballot in an open poll."""

    kind: ClassVar[str] = "ballot.cast"

    poll_id: int
    person_id: int
    mandate_id: int | None
    category: Category
    choice: str
