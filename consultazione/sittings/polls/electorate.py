"""The electorate of a poll, against which its result is measured."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consultazione.people.models import Mandate
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.queries import votes_cast, weights_of
from consultazione.sittings.polls.rules import Electorate, Franchise, rules_of
from consultazione.tables.models import Seat


def electorate_of(session: Session, poll: Poll) -> int:
    """Return the votes of those present at any time while the poll was open, so far.

    At least as many as the votes cast: a voter counts even if the clocks of two transactions
    put their departure before the opening of the poll, and those counted by a show of hands
    were in the room whether they were registered or not.
    """
    if poll.electorate is not None:
        return poll.electorate
    return max(_present_votes(session, poll), votes_cast(session, poll))


def whole_electorate(session: Session, poll: Poll) -> Electorate:
    """Return the votes of those present, and of all who are entitled, present or not.

    The rules may state how many are entitled. If not, they are the organisations with a seat
    at the table, the weights in the poll, or where persons vote, those present.
    """
    present, rules = electorate_of(session, poll), rules_of(poll.rules)
    stated = rules.entitled if rules.entitled is not None else _entitled_votes(session, poll)
    return Electorate(present, max(present, stated))


def _present_votes(session: Session, poll: Poll) -> int:
    franchise = rules_of(poll.rules).franchise
    if franchise is Franchise.PERSONS:
        return _count_rows(session, _persons(poll))
    organisations = set(session.scalars(_organisations(poll)))
    if franchise is Franchise.ORGANISATIONS:
        return len(organisations)
    weights = weights_of(session, poll.id)
    return sum(weights.get(organisation_id, 0) for organisation_id in organisations)


def _persons(poll: Poll) -> Any:
    """Select the persons present while the poll was open."""
    present = select(Attendance.person_id).where(
        Attendance.sitting_id == poll.sitting_id,
        or_(Attendance.left_at.is_(None), Attendance.left_at >= poll.opened_at),
    )
    voters = select(Ballot.person_id).where(Ballot.poll_id == poll.id)
    return select(present.union(voters).subquery().c.person_id)


def _organisations(poll: Poll) -> Any:
    """Select the organisations with somebody present while the poll was open."""
    present = (
        select(Mandate.organisation_id)
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .where(
            Attendance.sitting_id == poll.sitting_id,
            or_(Attendance.left_at.is_(None), Attendance.left_at >= poll.opened_at),
        )
    )
    voters = select(Ballot.organisation_id).where(Ballot.poll_id == poll.id)
    return select(present.union(voters).subquery().c.organisation_id)


def _entitled_votes(session: Session, poll: Poll) -> int:
    franchise = rules_of(poll.rules).franchise
    if franchise is Franchise.PERSONS:
        return 0
    if franchise is Franchise.WEIGHTS:
        return sum(weights_of(session, poll.id).values())
    table = select(Sitting.table_id).where(Sitting.id == poll.sitting_id).scalar_subquery()
    return _count_rows(session, select(Seat.organisation_id).where(Seat.table_id == table))


def _count_rows(session: Session, rows: Any) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
