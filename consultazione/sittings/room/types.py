"""Types of the room as browsers receive it, ready for JSON; its parts have types of their own.

Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NotRequired, TypedDict

from consultazione.sittings.agenda.types import MaterialSnapshot
from consultazione.sittings.chat.types import ChatRule
from consultazione.sittings.floor.types import FloorSnapshot, HandSnapshot, SpeakersSnapshot
from consultazione.sittings.models import PointState, SittingState
from consultazione.sittings.polls.types import (
    HeldProxy,
    OwnBallots,
    OwnStanding,
    PollSnapshot,
    TurnoutSnapshot,
    VotesByName,
)
from consultazione.sittings.questions.types import QuestionSnapshot
from consultazione.sittings.quorums.types import StandingSnapshot
from consultazione.sittings.record.types import RecordSnapshot
from consultazione.sittings.types import People


class BreakSnapshot(TypedDict):
    """The break that the sitting is in."""

    since: str
    reason: str


class SittingSnapshot(TypedDict):
    """The sitting itself; `presided_by` is who calls the roll and then presides, by person id.

    secretary: who writes the minutes, by person id. chat: what becomes of the chat at the
    closing; null while it is not open.
    """

    id: int
    title: str
    place: str
    state: SittingState
    starts_at: str
    opened_at: str | None
    closed_at: str | None
    roll_called_at: str | None
    presided_by: int | None
    secretary: int | None
    video_url: str | None
    chat: ChatRule | None
    suspended: BreakSnapshot | None


class PointSnapshot(TypedDict):
    """A point of the agenda.

    spent: seconds that it took until `running_since`; null there while its clock is stopped.
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
    """An entry without its data: its number in the stream, its kind and its moment."""

    number: int
    kind: str
    at: str


class EntrySnapshot(EntryHead):
    """An entry with its data, free texts included; `docs/events.md` lists the fields by kind.

    person_id: whose hand it is about, where `data` holds only the hand's id. votes: of the end
    of an open poll, who voted what; null where they are too many to name in a sentence.
    """

    data: Mapping[str, object]
    person_id: NotRequired[int]
    votes: NotRequired[VotesByName | None]


class PresenceSnapshot(TypedDict):
    """How many are present in all and by category, and the ids of the first two hundred."""

    count: int
    present: list[int]
    by_category: dict[str, int]
    quorum: StandingSnapshot | None


class PresencePart(PresenceSnapshot):
    """The presence, with the names of the persons listed in it."""

    people: People


class ToldRoom(TypedDict):
    """Entries of a sitting, and what their sentences are made of."""

    sitting: SittingSnapshot
    agenda: list[PointSnapshot]
    polls: list[PollSnapshot]
    chronicle: list[EntrySnapshot]
    people: People


class RoomSnapshot(ToldRoom):
    """The room at one moment; `number` is that of the last entry that it includes.

    The chronicle holds the newest entries (`entries.PAGE` at most), and `polls` the newest polls
    (`snapshot.MOST_POLLS`), those that the chronicle speaks of among them. `more_questions` is
    the number of shown questions that are older than those in `questions`.
    """

    number: int
    hands: list[HandSnapshot]
    floor: FloorSnapshot | None
    speakers: SpeakersSnapshot
    more_questions: int
    questions: list[QuestionSnapshot]
    unseen: int
    hidden: int
    record: RecordSnapshot
    presence: PresenceSnapshot
    turnout: TurnoutSnapshot | None


class RoomMine(TypedDict):
    """The private part of the room for one person; empty for a visitor, who has no person id.

    may: the names of the commands that they may run. now: the time of the server. standing: why
    they would have no vote, while they are present. outside: the step of the table's rule that
    keeps them out, if one does. proxies: those that they hold while they are present. room_votes:
    those of the open poll by choice, for the chair and the desk who enter them, with the
    choices whose number a second person has to enter too.
    """

    may: list[str]
    present: NotRequired[bool]
    ballots: OwnBallots
    standing: OwnStanding | None
    outside: str | None
    proxies: list[HeldProxy]
    room_votes: dict[str, int]
    room_votes_waiting: list[str]
    person_id: int | None
    now: str


class ChronicleLine(TypedDict):
    """An entry of a chronicle as a sentence in the reader's language."""

    number: int
    kind: str
    at: datetime
    sentence: str
