"""Chains: the rows between an agenda point and a paragraph of the plan, found in one query.

The pedigree reads a chain backwards from its paragraph, the way forward from its proposal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, and_, select, union
from sqlalchemy.orm import Session, joinedload

from consultazione.core.log import EntryRow
from consultazione.minutes.models import Conclusion, Minutes
from consultazione.outcomes.grounds import Grounds, grounds_behind
from consultazione.outcomes.models import Outcome, OutcomeItem
from consultazione.outcomes.queries import WITH_ANSWERS
from consultazione.people.models import Mandate
from consultazione.plan.blocks.models import Block, BlockOrigin
from consultazione.plan.models import Contribution
from consultazione.proposals.models import Proposal
from consultazione.sittings.events import PointStarted, sitting_stream
from consultazione.sittings.models import AgendaPoint, Sitting

# In the order of the fields of a chain, the moment aside.
_PARTS = (AgendaPoint, Sitting, Minutes, OutcomeItem, Outcome, Contribution, Block, Proposal)


@dataclass(frozen=True)
class Moment:
    """The entry in a sitting's stream that started a point."""

    number: int
    at: datetime


@dataclass(frozen=True)
class Chain:
    """One line of descent; the parts that do not exist yet are None."""

    point: AgendaPoint
    sitting: Sitting
    moment: Moment | None
    minutes: Minutes | None
    item: OutcomeItem | None
    outcome: Outcome | None
    contribution: Contribution | None
    paragraph: Block | None
    proposal: Proposal | None
    grounds: Grounds | None = None


def chains_to(session: Session, paragraph_ids: Iterable[int]) -> list[Chain]:
    """The chains that end in these paragraphs; the plan office's own paragraphs have none."""
    return _chains(session, _backwards().where(Block.id.in_(list(paragraph_ids))))


def chains_to_contributions(session: Session, contribution_ids: Iterable[int]) -> list[Chain]:
    """The chains that end in these contributions, answered or not."""
    return _chains(session, _backwards().where(Contribution.id.in_(list(contribution_ids))))


def chains_from(session: Session, proposal_id: int) -> list[Chain]:
    """The chains of a proposal: from the agendas it was on, and its conclusions."""
    on_agendas = select(AgendaPoint.id).where(AgendaPoint.proposal_id == proposal_id)
    concluded = select(Conclusion.point_id).where(Conclusion.proposal_id == proposal_id)
    # A union, because an "or" over the join would not use the index on the points.
    points = AgendaPoint.id.in_(union(on_agendas, concluded))
    return _chains(session, _forwards(proposal_id).where(points))


def _backwards() -> Select[*tuple[Any, ...]]:
    """The parts of chains from their end, all that has a conclusion.

    PostgreSQL chooses where to begin among the first eight tables only (join_collapse_limit), so
    those by which chains are chosen stand there: begun at the agenda points, a page read the
    conclusions of every zone.
    """
    return (
        select(*_PARTS)
        .select_from(Contribution)
        .outerjoin(BlockOrigin, BlockOrigin.contribution_id == Contribution.id)
        .outerjoin(Block, Block.id == BlockOrigin.block_id)
        .join(OutcomeItem, OutcomeItem.id == Contribution.item_id)
        .join(Conclusion, Conclusion.id == OutcomeItem.conclusion_id)
        .join(AgendaPoint, AgendaPoint.id == Conclusion.point_id)
        .join(Sitting, Sitting.id == AgendaPoint.sitting_id)
        .join(Minutes, Minutes.id == Conclusion.minutes_id)
        .join(Outcome, Outcome.id == OutcomeItem.outcome_id)
        .outerjoin(Proposal, Proposal.id == Conclusion.proposal_id)
    )


def _forwards(proposal_id: int) -> Select[*tuple[Any, ...]]:
    """The parts of a proposal's chains from agenda points on, as far as they go."""
    concluded = and_(Conclusion.point_id == AgendaPoint.id, Conclusion.proposal_id == proposal_id)
    return (
        select(*_PARTS)
        .select_from(AgendaPoint)
        .join(Sitting, Sitting.id == AgendaPoint.sitting_id)
        .outerjoin(Conclusion, concluded)
        .outerjoin(Minutes, Minutes.id == Conclusion.minutes_id)
        .outerjoin(OutcomeItem, OutcomeItem.conclusion_id == Conclusion.id)
        .outerjoin(Outcome, Outcome.id == OutcomeItem.outcome_id)
        .outerjoin(Contribution, Contribution.item_id == OutcomeItem.id)
        .outerjoin(BlockOrigin, BlockOrigin.contribution_id == Contribution.id)
        .outerjoin(Block, Block.id == BlockOrigin.block_id)
        .outerjoin(Proposal, Proposal.id == Conclusion.proposal_id)
    )


def _chains(session: Session, query: Select[*tuple[Any, ...]]) -> list[Chain]:
    """The chains whose parts a query selects, but for those of rehearsals."""
    query = (
        query.options(
            joinedload(Sitting.table),
            *WITH_ANSWERS,
            joinedload(Proposal.mandate).joinedload(Mandate.organisation),
        )
        .where(Sitting.rehearses.is_(None))
        .order_by(Sitting.starts_at, AgendaPoint.rank, Conclusion.rank, Block.id)
    )
    rows = session.execute(query).all()
    if not rows:
        return []
    moments = _moments(session, [row[0] for row in rows])
    found = [Chain(row[0], row[1], moments.get(row[0].id), *row[2:]) for row in rows]
    items = [chain.item.id for chain in found if chain.item is not None]
    grounds = grounds_behind(session, items)
    return [
        chain if chain.item is None else replace(chain, grounds=grounds[chain.item.id])
        for chain in found
    ]


def _moments(session: Session, points: list[AgendaPoint]) -> dict[int, Moment]:
    """The moment when each point started, by point id; points never started are left out."""
    point_id = EntryRow.data["point_id"].astext.cast(BigInteger)
    query = (
        select(point_id, EntryRow.number, EntryRow.at)
        .where(EntryRow.stream.in_({sitting_stream(point.sitting_id) for point in points}))
        .where(EntryRow.kind == PointStarted.kind)
        .where(point_id.in_({point.id for point in points}))
        .order_by(EntryRow.number.desc())
    )
    return {point: Moment(number, at) for point, number, at in session.execute(query)}
