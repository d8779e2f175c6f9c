"""The electorate of a poll: whom its result is counted against."""

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
    """How many votes those have who were present at any time while the poll was open.

    Before the poll is closed, those who have been present so far. A voter counts even
    if the clocks of two transactions put their departure before the poll's beginning,
    and who voted by a show of hands in the room was there, registered or not.
    """
    if poll.electorate is not None:
        return poll.electorate
    return max(_present(session, poll), votes_cast(session, poll))


def whole_electorate(session: Session, poll: Poll) -> Electorate:
    """The votes of those present, and of all who are entitled, present or not.

    Entitled are as many as the poll's rules state; else all organisations with a seat at
    the table, or with a weight in the poll, where organisations vote; else who is present.
    """
    present, rules = electorate_of(session, poll), rules_of(poll.rules)
    stated = rules.entitled if rules.entitled is not None else _seats(session, poll)
    return Electorate(present, max(present, stated))


def _present(session: Session, poll: Poll) -> int:
    franchise = rules_of(poll.rules).franchise
    if franchise is Franchise.PERSONS:
        return _count(session, _persons(poll))
    organisations = set(session.scalars(_organisations(poll)))
    if franchise is Franchise.ORGANISATIONS:
        return len(organisations)
    weights = weights_of(session, poll.id)
    return sum(weights.get(organisation_id, 0) for organisation_id in organisations)


def _persons(poll: Poll) -> Any:
    """The persons who were present while the poll was open."""
    present = select(Attendance.person_id).where(
        Attendance.sitting_id == poll.sitting_id,
        or_(Attendance.left_at.is_(None), Attendance.left_at >= poll.opened_at),
    )
    voters = select(Ballot.person_id).where(Ballot.poll_id == poll.id)
    return select(present.union(voters).subquery().c.person_id)


def _organisations(poll: Poll) -> Any:
    """The organisations for which somebody was present while the poll was open."""
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


def _seats(session: Session, poll: Poll) -> int:
    franchise = rules_of(poll.rules).franchise
    if franchise is Franchise.PERSONS:
        return 0
    if franchise is Franchise.WEIGHTS:
        return sum(weights_of(session, poll.id).values())
    table = select(Sitting.table_id).where(Sitting.id == poll.sitting_id).scalar_subquery()
    return _count(session, select(Seat.organisation_id).where(Seat.table_id == table))


def _count(session: Session, rows: Any) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
