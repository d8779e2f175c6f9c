"""Queries on proposals and their supports."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.merging.queries import accounts_of
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


def support_by(session: Session, person_id: int | None, proposal_id: int) -> Support | None:
    """The person's support of the proposal, if they support it."""
    return session.get(Support, (proposal_id, person_id)) if person_id else None


def supports_of_earlier_texts(session: Session, proposal: Proposal) -> int:
    """How many of the supports were given to a text from before the one that stands."""
    query = select(func.count()).where(
        Support.proposal_id == proposal.id, Support.version < proposal.version
    )
    return session.scalar(query) or 0


def changed_since_supported(session: Session, cycle_id: int, person_id: int) -> list[Proposal]:
    """The standing proposals of a cycle whose text was changed since the person supported it."""
    query = (
        select(Proposal)
        .join(Support, Support.proposal_id == Proposal.id)
        .join(Proposal.table)
        .where(ThematicTable.cycle_id == cycle_id, Proposal.state.in_(STANDING))
        .where(Support.person_id == person_id, Support.version < Proposal.version)
        .order_by(Proposal.id)
    )
    return list(session.scalars(query))


def changed_since_admitted(session: Session, table_ids: Iterable[int]) -> list[Proposal]:
    """The proposals at tables whose text was changed since they were admitted."""
    query = (
        select(Proposal)
        .where(Proposal.table_id.in_(list(table_ids)))
        .where(Proposal.state == ProposalState.ADMITTED)
        .where(Proposal.version > Proposal.decided_version)
        .order_by(Proposal.id)
    )
    return list(session.scalars(query))


def proposals_of(session: Session, person_id: int, *, limit: int) -> list[Proposal]:
    """The newest proposals that a person has written, in whatever zone, with their tables."""
    query = (
        select(Proposal)
        .options(*WITH_AUTHOR)
        .where(Proposal.author_id.in_(accounts_of(session, person_id)))
        .order_by(Proposal.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


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
