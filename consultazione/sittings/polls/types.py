"""Polls as they are stored and as the room is sent them, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

from consultazione.sittings.polls.models import PollState
from consultazione.sittings.polls.rules import Franchise, Majority, MajorityOf, QuorumOf
from consultazione.sittings.quorums.types import Counts


class StoredRules(TypedDict):
    """The rules of a poll; see `Rules` for what each says."""

    majority: Majority
    majority_of: MajorityOf
    quorum: int
    quorum_of: QuorumOf
    franchise: Franchise
    entitled: int | None
    secret: bool
    changeable: bool
    live: bool
    least: int
    most: int
    grades: int


class PollStanding(TypedDict, total=False):
    """How the sitting stood with its quorum; null where it has none."""

    attendance_needed: Counts | None
    attendance_there: Counts | None


class PollResult(PollStanding, total=False):
    """How a poll ended: votes by choice, and what `Result` says; older polls say less."""

    tally: Counts
    carried: bool
    grounds: str
    numbers: Counts | None
    winners: list[int]
    entitled: int | None
    cast: int | None
    room_tally: Counts | None


class PollSnapshot(TypedDict):
    """A poll; the fields of its result are null while it is open.

    weights: votes by the organisation's id as text, where organisations vote by weight.
    """

    tally: Counts | None
    carried: bool | None
    grounds: str | None
    numbers: Counts | None
    winners: list[int] | None
    entitled: int | None
    cast: int | None
    room_tally: Counts | None
    attendance_needed: Counts | None
    attendance_there: Counts | None
    id: int
    point_id: int | None
    poll_kind: str
    question: str
    options: list[str]
    rules: StoredRules
    weights: Counts | None
    state: PollState
    opened_at: str
    closed_at: str | None
    electorate: int | None


class TurnoutSnapshot(TypedDict):
    """How many votes were cast, of how many; the tally only where the rules show it."""

    poll_id: int
    cast: int
    electorate: int
    tally: Counts | None


# By the poll's id as text: the choice, null where the poll is secret.
OwnBallots = dict[str, str | None]
