"""Casting ballots, one or many of one poll at a time: the rule for each stands here once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound, Refusal
from consultazione.people.permissions import require
from consultazione.sittings.commands.fetch import NOT_PRESENT, attendances_of
from consultazione.sittings.events import BallotCast, poll_stream
from consultazione.sittings.models import Attendance, Ballot, Poll, PollState
from consultazione.sittings.polls import KINDS


@dataclass(frozen=True)
class Vote:
    """A choice, and who made it."""

    actor: Actor
    choice: str


def cast_ballot(tx: Transaction, *, poll_id: int, choice: str) -> Ballot:
    """The actor, who is present, votes or changes their vote; harmless with the same choice."""
    (answer,) = cast_ballots(tx, poll_id=poll_id, votes=[Vote(tx.actor, choice)])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def cast_ballots(tx: Transaction, *, poll_id: int, votes: Sequence[Vote]) -> list[Ballot | Refusal]:
    """Many vote in one poll, in the order given; a vote that is refused spoils no other.

    Ballots share the poll's row: they never wait for one another, and none is accepted
    once the poll is being closed. Of one voter's ballots only the latest at last counts.
    Returns for each vote its ballot or its refusal; NotFound if there is no such poll.
    """
    poll = _shared(tx, poll_id)
    voters = [vote.actor.person_id for vote in votes if vote.actor.person_id is not None]
    box = _Box(
        poll=poll,
        present=attendances_of(tx, poll.sitting_id, voters, alone=True),
        ballots=_ballots(tx, poll.id, voters),
    )
    return [_answer(tx, box, vote) for vote in votes]


@dataclass
class _Box:
    """A poll with what its voters have to do with it, by person."""

    poll: Poll
    present: dict[int, Attendance]
    ballots: dict[int, Ballot]


def _answer(tx: Transaction, box: _Box, vote: Vote) -> Ballot | Refusal:
    try:
        with tx.acting_as(vote.actor):
            return _cast(tx, box, vote.choice)
    except Refusal as refusal:
        return refusal


def _cast(tx: Transaction, box: _Box, choice: str) -> Ballot:
    require(tx.actor, "cast_ballot")
    if box.poll.state is PollState.CLOSED:
        raise Conflict(_("The poll is closed: no more ballots are taken."))
    if not KINDS[box.poll.kind].admits(choice):
        unknown = _("Choose one of the answers offered.")
        raise Invalid(unknown, fields={"choice": [unknown]})
    attendance = box.present.get(tx.actor.person_id or 0)
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    ballot = box.ballots.get(attendance.person_id)
    if ballot is not None and ballot.choice == choice:
        return ballot
    box.ballots[attendance.person_id] = ballot or _new(tx, box.poll, attendance)
    return _choose(tx, box.ballots[attendance.person_id], choice)


def _new(tx: Transaction, poll: Poll, attendance: Attendance) -> Ballot:
    ballot = Ballot(
        poll_id=poll.id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
    )
    tx.session.add(ballot)
    return ballot


def _choose(tx: Transaction, ballot: Ballot, choice: str) -> Ballot:
    ballot.choice = choice
    ballot.cast_at = tx.now
    tx.record(
        poll_stream(ballot.poll_id),
        BallotCast(
            poll_id=ballot.poll_id,
            person_id=ballot.person_id,
            mandate_id=ballot.mandate_id,
            category=ballot.category,
            choice=choice,
        ),
    )
    return ballot


def _shared(tx: Transaction, poll_id: int) -> Poll:
    poll = tx.session.get(Poll, poll_id, with_for_update={"read": True}, populate_existing=True)
    if poll is None:
        raise NotFound(_("There is no such poll."))
    return poll


def _ballots(tx: Transaction, poll_id: int, voters: Iterable[int]) -> dict[int, Ballot]:
    query = select(Ballot).where(Ballot.poll_id == poll_id, Ballot.person_id.in_(voters))
    return {ballot.person_id: ballot for ballot in tx.session.scalars(query)}
