"""Events of polls and ballots, in the sitting's stream and in one of the poll's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category
from consultazione.sittings.polls.models import AnnulReason
from consultazione.sittings.polls.rules import (
    Effect,
    Franchise,
    Majority,
    MajorityOf,
    QuorumOf,
)
from consultazione.tables.rules import Who


@dataclass(frozen=True, kw_only=True)
class OptionOffered(Event, texts={"label": "poll_option.label"}):
    """An option of a poll has been offered to those who vote."""

    kind: ClassVar[str] = "poll.option_offered"

    poll_id: int
    rank: int
    label: FreeText


@dataclass(frozen=True, kw_only=True)
class BallotSealed(Event):
    """A voter has put a sealed ballot into the box of a secret poll, or replaced it."""

    kind: ClassVar[str] = "ballot.sealed"

    poll_id: int
    person_id: int
    mandate_id: int | None
    category: Category
    proxy_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoomVotesCounted(Event):
    """The votes that were counted in the room for one choice have been entered."""

    kind: ClassVar[str] = "room_votes.counted"

    poll_id: int
    choice: str
    votes: int


@dataclass(frozen=True, kw_only=True)
class RoomVotesConfirmed(Event):
    """A second person has entered the same number of votes of the room for one choice."""

    kind: ClassVar[str] = "room_votes.confirmed"

    poll_id: int
    choice: str
    votes: int


@dataclass(frozen=True, kw_only=True)
class BoxOpened(Event):
    """The box of a secret poll was opened: the digests of its receipts, in their order."""

    kind: ClassVar[str] = "poll.box_opened"

    poll_id: int
    receipts: list[str]


def poll_stream(poll_id: int) -> str:
    """The stream of a poll's ballots; the room sees them as tallies."""
    return f"poll:{poll_id}"


@dataclass(frozen=True, kw_only=True)
class PollOpened(Event, texts={"question": "poll.question"}):
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
    effect: Effect = Effect.BINDING
    voters: Who | None = None
    level: int | None = None
    hall: bool | None = None
    organisations: dict[str, int] | None = None


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
    room_confirmed: str | None = None
    attendance_needed: dict[str, int] | None = None
    attendance_there: dict[str, int] | None = None
    needed: int | None = None
    needed_of: int | None = None
    quorum_votes: int | None = None
    unregistered: int | None = None
    represented: int | None = None
    present_organisations: list[int] | None = None
    voted_organisations: list[int] | None = None


# Only the chair has to explain; a lost key or a broken seal explains itself.
_NOT_EXPLAINED = FreeText("")


@dataclass(frozen=True, kw_only=True)
class PollAnnulled(Event, texts={"explanation": "poll.explanation"}):
    """A poll has no result: the chair annulled it, or its sealed ballots could not be opened."""

    kind: ClassVar[str] = "poll.annulled"

    poll_id: int
    reason: AnnulReason
    explanation: FreeText = _NOT_EXPLAINED


@dataclass(frozen=True, kw_only=True)
class BallotCast(Event):
    """A voter has cast or changed their ballot in an open poll."""

    kind: ClassVar[str] = "ballot.cast"

    poll_id: int
    person_id: int
    mandate_id: int | None
    category: Category
    choice: str
    proxy_id: int | None = None
