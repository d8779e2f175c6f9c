"""Queries on lineage, and the proposals that one could be merged into."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from consultazione.proposals.lineage.models import ProposalLineage
from consultazione.proposals.models import STANDING, Proposal, ProposalState, Support
from consultazione.tables.models import ThematicTable

_MOST_OFFERED = 300


def successors_of(session: Session, proposal_id: int) -> list[ProposalLineage]:
    """What a proposal continues in, the first first."""
    query = (
        select(ProposalLineage)
        .options(joinedload(ProposalLineage.successor).joinedload(Proposal.table))
        .filter_by(from_id=proposal_id)
        .order_by(ProposalLineage.to_id)
    )
    return list(session.scalars(query))


def origins_of(session: Session, proposal_id: int) -> list[ProposalLineage]:
    """What a proposal came from, the first first."""
    query = (
        select(ProposalLineage)
        .options(joinedload(ProposalLineage.origin).joinedload(Proposal.table))
        .filter_by(to_id=proposal_id)
        .order_by(ProposalLineage.from_id)
    )
    return list(session.scalars(query))


def mergeable_with(session: Session, proposal: Proposal) -> list[Proposal]:
    """The standing proposals of the same cycle that it could be merged into: of its table first."""
    query = (
        select(Proposal)
        .join(Proposal.table)
        .options(joinedload(Proposal.table))
        .where(ThematicTable.cycle_id == proposal.table.cycle_id, Proposal.id != proposal.id)
        .where(Proposal.state.in_(STANDING))
        .order_by(Proposal.table_id != proposal.table_id, Proposal.id.desc())
        .limit(_MOST_OFFERED)
    )
    return list(session.scalars(query))


def superseded_for(session: Session, cycle_id: int, person_id: int) -> list[Proposal]:
    """The proposals that a person supports, and that continue in one that they do not support."""
    given = aliased(Support)
    followed = (
        select(given.person_id)
        .join(ProposalLineage, ProposalLineage.to_id == given.proposal_id)
        .where(given.person_id == person_id, ProposalLineage.from_id == Proposal.id)
    )
    query = (
        select(Proposal)
        .join(Support, Support.proposal_id == Proposal.id)
        .join(Proposal.table)
        .where(ThematicTable.cycle_id == cycle_id, Support.person_id == person_id)
        .where(Proposal.state == ProposalState.SUPERSEDED, ~followed.exists())
        .order_by(Proposal.id)
    )
    return list(session.scalars(query))
