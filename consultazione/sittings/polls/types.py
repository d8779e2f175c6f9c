"""Types of polls as stored and as the room receives them, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

from consultazione.sittings.polls.models import AnnulReason, PollState
from consultazione.sittings.polls.rules import Effect, Franchise, Majority, MajorityOf, QuorumOf
from consultazione.sittings.quorums.types import Counts
from consultazione.tables.rules import Who


class StoredRules(TypedDict):
    """The rules of a poll; `Rules` explains each."""

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
    """The standing of the sitting's quorum; null where it has none."""

    attendance_needed: Counts | None
    attendance_there: Counts | None


class PollResult(PollStanding, total=False):
    """The result of a closed poll; polls closed before some fields were added lack them."""

    tally: Counts
    carried: bool
    grounds: str
    numbers: Counts | None
    winners: list[int]
    entitled: int | None
    cast: int | None
    room_tally: Counts | None
    room_confirmed: str | None
    needed: int | None
    needed_of: int | None
    quorum_votes: int | None
    unregistered: int | None
    represented: int | None
    present_organisations: list[int] | None
    voted_organisations: list[int] | None


class PollSnapshot(TypedDict):
    """A poll; the fields of its result are null while it is open, and if it was annulled.

    carried: null of a consultative poll too, which decides nothing. explanation: why the chair
    annulled it. weights: votes by the organisation's id as text, where organisations vote by
    weight. voters, level, hall, organisations: as in `basis.Basis`; null of polls of before it
    was kept.
    """

    tally: Counts | None
    carried: bool | None
    grounds: str | None
    numbers: Counts | None
    winners: list[int] | None
    entitled: int | None
    cast: int | None
    room_tally: Counts | None
    room_confirmed: str | None
    needed: int | None
    needed_of: int | None
    quorum_votes: int | None
    unregistered: int | None
    represented: int | None
    present_organisations: list[int] | None
    voted_organisations: list[int] | None
    attendance_needed: Counts | None
    attendance_there: Counts | None
    voters: Who | None
    level: int | None
    hall: bool | None
    organisations: Counts | None
    id: int
    point_id: int | None
    poll_kind: str
    question: str
    options: list[str]
    effect: Effect
    rules: StoredRules
    weights: Counts | None
    state: PollState
    opened_at: str
    closed_at: str | None
    electorate: int | None
    annulled_because: AnnulReason | None
    explanation: str | None


class NamedVoice(TypedDict):
    """Somebody by name, with the organisation that sent them. by_proxy: who held their proxy."""

    name: str
    by_proxy: str | None


class NamedChoice(TypedDict):
    """A choice in the notation of its kind, and those who made it."""

    choice: str
    voices: list[NamedVoice]


class VotesByName(TypedDict):
    """Who voted what in an open poll.

    silent: those who came for an organisation and did not vote. others: how many came for
    themselves and did not vote. Sentences are made where the reader's language is known.
    """

    choices: list[NamedChoice]
    silent: list[NamedVoice]
    others: int


class TurnoutSnapshot(TypedDict):
    """The votes cast and the electorate so far; the tally only where the rules show it."""

    poll_id: int
    cast: int
    electorate: int
    tally: Counts | None


class OwnStanding(TypedDict):
    """For which organisation somebody present speaks, and why they have no vote.

    persons, organisations: by how a poll counts, a word of `entitlement.NoVote`; null if they vote.
    opinion: the same for an opinion poll among persons, which asks whoever is there.
    """

    organisation_id: int | None
    persons: str | None
    organisations: str | None
    opinion: str | None


# By the poll's id as text: the choice, null where the poll is secret.
OwnBallots = dict[str, str | None]


class HeldProxy(TypedDict):
    """A proxy that a reader holds: whose vote it is, and what they voted by it, by poll id.

    organisation_id: whose vote it is where organisations vote; null of somebody who gave their
    own. ballots: null where the poll is secret.
    """

    id: int
    name: str
    organisation_id: int | None
    ballots: OwnBallots
