"""Queries on proposals and their supports."""

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
    """A proposal by id, with its author and table loaded; NotFound if there is none."""
    proposal = session.get(Proposal, proposal_id, options=WITH_AUTHOR)
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    return proposal


def supports_by_category(session: Session, proposal_id: int) -> dict[Category, int]:
    """The number of supports of a proposal by category, largest first."""
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
    """The number of standing proposals by table id; tables without any are left out."""
    query = (
        select(Proposal.table_id, func.count())
        .where(Proposal.table_id.in_(list(table_ids)), Proposal.state.in_(STANDING))
        .group_by(Proposal.table_id)
    )
    return dict(session.execute(query).all())


def count_submitted(session: Session, table_ids: Iterable[int]) -> dict[int, int]:
    """The number of proposals that await admission by table id; without empty tables."""
    query = (
        select(Proposal.table_id, func.count())
        .where(Proposal.table_id.in_(list(table_ids)))
        .where(Proposal.state == ProposalState.SUBMITTED)
        .group_by(Proposal.table_id)
    )
    return dict(session.execute(query).all())


def proposals_after(
    session: Session, cycle_id: int, *, after: int, limit: int, table_id: int | None = None
) -> list[Proposal]:
    """The zone's proposals with ids above `after`, by id; of one table, if given."""
    query = (
        select(Proposal)
        .join(Proposal.table)
        .options(*WITH_AUTHOR)
        .where(ThematicTable.cycle_id == cycle_id, Proposal.id > after)
        .order_by(Proposal.id)
        .limit(limit)
    )
    if table_id is not None:
        query = query.where(Proposal.table_id == table_id)
    return list(session.scalars(query))
