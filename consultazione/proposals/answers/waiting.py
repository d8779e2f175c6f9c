"""Which proposals wait for an answer, since when, and until when the zone has said it comes.

A proposal waits from the moment of its admission, again after each change of its text, until its
table answers it or concludes on it. The days are counted from the day after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session, contains_eager

from consultazione.core import clock
from consultazione.proposals.answers.models import AnswerRule
from consultazione.proposals.locking import settled
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.queries import WITH_AUTHOR
from consultazione.tables.models import ThematicTable


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits, and the last day for its answer; None where no days are set."""

    proposal: Proposal
    due_on: date | None
    today: date

    @property
    def id(self) -> int:
        """The id of the proposal, by which a list goes on."""
        return self.proposal.id

    @property
    def days_left(self) -> int | None:
        """The days until that day, below zero once it is over; None if there is none."""
        return (self.due_on - self.today).days if self.due_on else None

    @property
    def is_late(self) -> bool:
        """True once the last day is over."""
        return self.due_on is not None and self.due_on < self.today


def waits() -> ColumnElement[bool]:
    """The condition of proposals that wait for an answer, the same as `locking.why_not_waiting`."""
    return and_(Proposal.state == ProposalState.ADMITTED, Proposal.hidden_at.is_(None), ~settled())


def days_of(session: Session, zone_id: int) -> int | None:
    """In how many days a zone answers proposals; None if it has not said it."""
    rule = session.get(AnswerRule, zone_id)
    return rule.days if rule else None


def due_on(proposal: Proposal, days: int | None) -> date | None:
    """The last day for the answer to a proposal; None if no days are set."""
    if days is None or proposal.decided_at is None:
        return None
    return clock.in_rome(proposal.decided_at).date() + timedelta(days=days)


def as_waiting(session: Session, proposal: Proposal) -> Waiting:
    """A proposal that waits, with its last day."""
    days = days_of(session, proposal.table.zone_id)
    return Waiting(proposal, due_on(proposal, days), clock.today())


def waiting(
    session: Session,
    cycle_id: int,
    zone_id: int,
    *,
    table_id: int | None = None,
    after: int | None = None,
    limit: int,
) -> list[Waiting]:
    """The proposals of a cycle that wait, who waits longest first; of one table, if given.

    after: those that come behind this one.
    """
    days, today = days_of(session, zone_id), clock.today()
    order = (Proposal.decided_at, Proposal.id)
    query = _of_cycle(cycle_id, table_id).options(contains_eager(Proposal.table), *WITH_AUTHOR[1:])
    if after is not None:
        last = session.execute(select(*order).where(Proposal.id == after)).one_or_none()
        query = query.where(tuple_(*order) > tuple_(*last)) if last else query
    rows = session.scalars(query.order_by(*order).limit(limit))
    return [Waiting(proposal, due_on(proposal, days), today) for proposal in rows]


def count_waiting(
    session: Session, cycle_id: int, zone_id: int, table_id: int | None = None
) -> tuple[int, int]:
    """How many proposals wait, and how many of them longer than the zone has said."""
    number = func.count()
    days = days_of(session, zone_id)
    late = number.filter(_late(days)) if days is not None else func.coalesce(0)
    query = _of_cycle(cycle_id, table_id).with_only_columns(number, late)
    row = session.execute(query).one()
    return row[0], row[1]


def late_at(session: Session, zone_id: int, table_ids: Iterable[int]) -> dict[int, int]:
    """How many proposals wait longer than the zone has said, by table; without empty tables."""
    days = days_of(session, zone_id)
    if days is None:
        return {}
    query = (
        select(Proposal.table_id, func.count())
        .where(Proposal.table_id.in_(list(table_ids)), waits(), _late(days))
        .group_by(Proposal.table_id)
    )
    return dict(session.execute(query).all())


def _of_cycle(cycle_id: int, table_id: int | None) -> Select[Proposal]:
    query = select(Proposal).join(Proposal.table)
    query = query.where(ThematicTable.cycle_id == cycle_id, waits())
    return query.where(Proposal.table_id == table_id) if table_id is not None else query


def _late(days: int) -> ColumnElement[bool]:
    """Decided on before the day of which the last one is over."""
    first = clock.today() - timedelta(days=days)
    return Proposal.decided_at < clock.at_rome(first, time())
