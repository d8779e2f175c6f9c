"""Reading proposals and the supports that they have."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.models import Category, Mandate
from consultazione.proposals.models import STANDING, Proposal, ProposalState, Support
from consultazione.tables.models import ThematicTable

WITH_AUTHOR = (
    joinedload(Proposal.table),
    joinedload(Proposal.author),
    joinedload(Proposal.mandate).joinedload(Mandate.organisation),
)


def get_proposal(session: Session, proposal_id: int) -> Proposal:
    """A proposal with its author and table; NotFound if there is none."""
    proposal = session.get(Proposal, proposal_id, options=WITH_AUTHOR)
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    return proposal


def supports_by_category(session: Session, proposal_id: int) -> dict[Category, int]:
    """How many supports a proposal has from each category, the largest first."""
    number = func.count()
    query = (
        select(Support.category, number)
        .where(Support.proposal_id == proposal_id)
        .group_by(Support.category)
        .order_by(number.desc(), Support.category)
    )
    return dict(session.execute(query).all())


def supported_by(session: Session, person_id: int | None, proposal_id: int) -> bool:
    """True if the person supports the proposal."""
    return person_id is not None and session.get(Support, (proposal_id, person_id)) is not None


def count_proposals(session: Session, table_ids: Iterable[int]) -> dict[int, int]:
    """How many proposals stand at each table, those withdrawn or not admitted left out."""
    query = (
        select(Proposal.table_id, func.count())
        .where(Proposal.table_id.in_(list(table_ids)), Proposal.state.in_(STANDING))
        .group_by(Proposal.table_id)
    )
    return dict(session.execute(query).all())


def count_submitted(session: Session, table_ids: Iterable[int]) -> dict[int, int]:
    """How many proposals wait for admission at each of the tables where any does."""
    query = (
        select(Proposal.table_id, func.count())
        .where(Proposal.table_id.in_(list(table_ids)))
        .where(Proposal.state == ProposalState.SUBMITTED)
        .group_by(Proposal.table_id)
    )
    return dict(session.execute(query).all())


def proposals_after(
    session: Session, zone_id: int, *, after: int, limit: int, table_id: int | None = None
) -> list[Proposal]:
    """The zone's proposals with ids beyond one, of one table if it is named."""
    query = (
        select(Proposal)
        .join(Proposal.table)
        .options(*WITH_AUTHOR)
        .where(ThematicTable.zone_id == zone_id, Proposal.id > after)
        .order_by(Proposal.id)
        .limit(limit)
    )
    if table_id is not None:
        query = query.where(Proposal.table_id == table_id)
    return list(session.scalars(query))
