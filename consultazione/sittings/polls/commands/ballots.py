"""Casting ballots, one or many of one poll at a time: the rule for each stands here once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound, Refusal
from consultazione.core.permissions import Permission, require
from consultazione.people.models import Mandate
from consultazione.sittings.locking import NOT_PRESENT, attendances_of
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls.ballot_box import Slot, slot_of
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import Terms
from consultazione.sittings.polls.models import Ballot, Poll, PollState
from consultazione.sittings.polls.queries import poll_terms, weights_of
from consultazione.sittings.polls.rules import Franchise, Rules, rules_of
from consultazione.sittings.rehearsals import confine_to_rehearsal

_MOST = 300
_NO_SUCH = _("There is no such poll.")


@dataclass(frozen=True)
class Vote:
    """A choice, and who made it."""

    actor: Actor
    choice: str


def cast_ballot(tx: Transaction, *, poll_id: int, choice: str) -> Ballot:
    """The actor, who is present, votes or changes their vote; harmless with the same choice.

    But Conflict for any second choice in a secret poll whose votes cannot be changed.
    """
    (answer,) = cast_many(tx, poll_id=poll_id, votes=[Vote(tx.actor, choice)])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def cast_many(tx: Transaction, *, poll_id: int, votes: Sequence[Vote]) -> list[Ballot | Refusal]:
    """Many vote in one poll, in the order given; a vote that is refused spoils no other.

    Where persons vote, ballots share the poll's row: they never wait for one another, and
    none is accepted once the poll is being closed. Where organisations vote they hold it
    alone, so that two delegates of one organisation cannot both be the first. Of one
    voter's ballots only the latest at last counts. Returns for each vote its ballot or its
    refusal; NotFound if there is no such poll.
    """
    poll = _locked(tx, poll_id)
    voters = [vote.actor.person_id for vote in votes if vote.actor.person_id is not None]
    box = _box(tx, poll, voters)
    return [_answer(tx, box, vote) for vote in votes]


@dataclass
class _Box:
    """A poll with what its voters have to do with it, by person or by organisation."""

    poll: Poll
    terms: Terms
    present: dict[int, Attendance]
    ballots: dict[int, Ballot]
    organisations: Mapping[int | None, int]
    voted: dict[int | None, int]
    weights: dict[int, int]
    slot: Slot


def _answer(tx: Transaction, box: _Box, vote: Vote) -> Ballot | Refusal:
    try:
        with tx.acting_as(vote.actor):
            return _cast(tx, box, vote.choice)
    except Refusal as refusal:
        return refusal


def _cast(tx: Transaction, box: _Box, choice: str) -> Ballot:
    require(tx.actor, Permission.CAST_BALLOT)
    if box.poll.state is PollState.CLOSED:
        raise Conflict(_("The poll is closed: no more ballots are taken."))
    choice = read_choice(box.poll, box.terms, choice)
    attendance = box.present.get(tx.actor.person_id or 0)
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    ballot = box.ballots.get(attendance.person_id)
    if ballot is None:
        ballot = _new(tx, box, attendance)
    elif _is_final(box.terms.rules) or not box.slot.holds(ballot, choice):
        _require_changeable(box.terms.rules)
    else:
        return ballot
    box.slot.put(tx, ballot, choice)
    return ballot


def _is_final(rules: Rules) -> bool:
    """Whether even the same choice is refused, so that nobody finds out a secret one by trying."""
    return rules.secret and not rules.changeable


def _require_changeable(rules: Rules) -> None:
    if not rules.changeable:
        raise Conflict(_("You have voted: in this poll a vote cannot be changed."))


def read_choice(poll: Poll, terms: Terms, choice: str) -> str:
    """A choice as it is stored; Invalid if the poll does not admit it."""
    try:
        if len(choice) > _MOST:
            raise ValueError(choice)
        return KINDS[poll.kind].read(choice, terms)
    except ValueError:
        raise Invalid.at("choice", _("Choose one of the answers offered.")) from None


def _new(tx: Transaction, box: _Box, attendance: Attendance) -> Ballot:
    organisation_id = _voting_organisation(box, attendance)
    ballot = Ballot(
        poll_id=box.poll.id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        organisation_id=organisation_id,
        category=attendance.category,
        cast_at=tx.now,
    )
    tx.session.add(ballot)
    box.ballots[attendance.person_id] = ballot
    box.voted[organisation_id] = attendance.person_id
    return ballot


def _voting_organisation(box: _Box, attendance: Attendance) -> int | None:
    """For whom a vote counts; None if for the person. Conflict if it would not count."""
    if box.terms.rules.franchise is Franchise.PERSONS:
        return None
    organisation_id = box.organisations.get(attendance.mandate_id)
    if organisation_id is None:
        raise Conflict(_("In this poll organisations vote, by those who came in for them."))
    if box.terms.rules.franchise is Franchise.WEIGHTS and organisation_id not in box.weights:
        raise Conflict(_("Your organisation is not among those that vote in this poll."))
    if organisation_id in box.voted:
        raise Conflict(_("Somebody else has voted for your organisation."))
    return organisation_id


def _box(tx: Transaction, poll: Poll, voters: list[int]) -> _Box:
    terms = poll_terms(tx.session, poll)
    present = attendances_of(tx, poll.sitting_id, voters, alone=True)
    ballots = _ballots(tx, poll.id, voters)
    return _Box(
        poll=poll,
        terms=terms,
        present=present,
        ballots=ballots,
        organisations=_organisations(tx, {a.mandate_id for a in present.values()}),
        voted=_voted(tx, poll.id) if terms.rules.franchise is not Franchise.PERSONS else {},
        weights=weights_of(tx.session, poll.id),
        slot=slot_of(tx, poll, terms.rules, ballots),
    )


def _locked(tx: Transaction, poll_id: int) -> Poll:
    poll = tx.session.get(Poll, poll_id)
    if poll is None:
        raise NotFound(_NO_SUCH)
    confine_to_rehearsal(tx, poll.sitting_id)
    lock = {"read": rules_of(poll.rules).franchise is Franchise.PERSONS}
    held = tx.session.get(Poll, poll_id, with_for_update=lock, populate_existing=True)
    if held is None:  # meanwhile its rehearsal was ended
        raise NotFound(_NO_SUCH)
    return held


def _ballots(tx: Transaction, poll_id: int, voters: Iterable[int]) -> dict[int, Ballot]:
    query = select(Ballot).where(Ballot.poll_id == poll_id, Ballot.person_id.in_(voters))
    return {ballot.person_id: ballot for ballot in tx.session.scalars(query)}


def _organisations(tx: Transaction, mandates: set[int | None]) -> Mapping[int | None, int]:
    query: Any = select(Mandate.id, Mandate.organisation_id).where(Mandate.id.in_(mandates))
    return dict(iter(tx.session.execute(query)))


def _voted(tx: Transaction, poll_id: int) -> dict[int | None, int]:
    query: Any = select(Ballot.organisation_id, Ballot.person_id).where(Ballot.poll_id == poll_id)
    return dict(iter(tx.session.execute(query)))
