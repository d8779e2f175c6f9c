"""What stands in the way of leaving, and what stays: for the command and for its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.comments.models import Comment
from consultazione.people.models import Installer, Mandate, RoleGrant, TerritoryCoordinator
from consultazione.proposals.models import Proposal, Support
from consultazione.tables.models import ThematicTable


def holds_office(session: Session, person_id: int) -> bool:
    """True while somebody has a role, which others rely on."""
    offices = [
        exists().where(office.person_id == person_id)
        for office in (RoleGrant, TerritoryCoordinator, Installer)
    ]
    return any(session.scalar(select(office)) for office in offices)


def mandates_of(
    session: Session, person_id: int, *, at: datetime, lock: bool = False
) -> Sequence[Mandate]:
    """A person's mandates that are not over, with their organisations."""
    wanted = select(Mandate).where(Mandate.person_id == person_id, ~Mandate.is_over(at))
    wanted = wanted.options(joinedload(Mandate.organisation)).order_by(Mandate.id)
    if lock:
        wanted = wanted.with_for_update(of=Mandate).execution_options(populate_existing=True)
    return session.scalars(wanted).all()


def zones_written_in(session: Session, person_id: int) -> list[int]:
    """The zones in which a person has written a proposal or a comment."""
    table = ThematicTable
    proposals = select(table.zone_id).join(Proposal, Proposal.table_id == table.id)
    comments = proposals.join(Comment, Comment.proposal_id == Proposal.id)
    both = proposals.where(Proposal.author_id == person_id).union(
        comments.where(Comment.author_id == person_id)
    )
    return sorted(session.scalars(both))


def written_by(session: Session, person_id: int) -> dict[str, int]:
    """How many proposals, comments and supports a person has."""
    kinds = {
        "proposals": Proposal.author_id,
        "comments": Comment.author_id,
        "supports": Support.person_id,
    }
    return {
        name: session.scalar(select(func.count()).where(column == person_id)) or 0
        for name, column in kinds.items()
    }
