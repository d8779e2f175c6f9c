"""The room of a sitting as browsers are sent it, ready for JSON; each part has its own types.

Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NotRequired, TypedDict

from consultazione.sittings.agenda.types import MaterialSnapshot
from consultazione.sittings.floor.types import FloorSnapshot, HandSnapshot, SpeakersSnapshot
from consultazione.sittings.models import PointState, SittingState
from consultazione.sittings.polls.types import OwnBallots, PollSnapshot, TurnoutSnapshot
from consultazione.sittings.questions.types import QuestionSnapshot
from consultazione.sittings.quorums.types import StandingSnapshot
from consultazione.sittings.record.types import RecordSnapshot
from consultazione.sittings.types import People


class BreakSnapshot(TypedDict):
    """A break of the sitting that is going on."""

    since: str
    reason: str


class SittingSnapshot(TypedDict):
    """The sitting itself; `presided_by` is the chair's person once it is open."""

    id: int
    title: str
    place: str
    state: SittingState
    starts_at: str
    opened_at: str | None
    closed_at: str | None
    presided_by: int | None
    video_url: str | None
    suspended: BreakSnapshot | None


class PointSnapshot(TypedDict):
    """A point of the agenda.

    spent: seconds that it has taken up to `running_since`, since when it takes more.
    """

    id: int
    rank: int
    title: str
    minutes_planned: int | None
    proposal_id: int | None
    materials: list[MaterialSnapshot]
    state: PointState
    started_at: str | None
    ended_at: str | None
    spent: int
    running_since: str | None


class EntryHead(TypedDict):
    """That something happened: the entry's number in its stream, its kind and its moment."""

    number: int
    kind: str
    at: str


class EntrySnapshot(EntryHead):
    """An entry with its data, as `docs/events.md` has them by kind; free text included."""

    data: Mapping[str, object]


class PresenceSnapshot(TypedDict):
    """How many are present, and of each category; the ids of the first two hundred."""

    count: int
    present: list[int]
    by_category: dict[str, int]
    quorum: StandingSnapshot | None


class PresencePart(PresenceSnapshot):
    """The presence, and the names of those present."""

    people: People


class RoomSnapshot(TypedDict):
    """The whole room at one moment; `number` is that of the last entry that it holds."""

    sitting: SittingSnapshot
    number: int
    agenda: list[PointSnapshot]
    hands: list[HandSnapshot]
    floor: FloorSnapshot | None
    speakers: SpeakersSnapshot
    polls: list[PollSnapshot]
    chronicle: list[EntrySnapshot]
    people: People
    questions: list[QuestionSnapshot]
    unseen: int
    hidden: int
    record: RecordSnapshot
    presence: PresenceSnapshot
    turnout: TurnoutSnapshot | None


class RoomMine(TypedDict):
    """What the room shows to one person alone; to a visitor, who has no id, nothing of it.

    may: the names of the commands that their roles admit. now: the server's moment.
    room_votes: those of the open poll by choice, for whoever enters them.
    """

    may: list[str]
    present: NotRequired[bool]
    ballots: OwnBallots
    room_votes: dict[str, int]
    person_id: int | None
    now: str


class ChronicleLine(TypedDict):
    """An entry of a chronicle as a sentence in the reader's language."""

    number: int
    kind: str
    at: datetime
    sentence: str
