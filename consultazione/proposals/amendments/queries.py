"""Queries on amendments. While a proposal is hidden, so are they: they quote its text."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.models import Mandate
from consultazione.proposals.amendments.models import AmendmentState, ProposalAmendment
from consultazione.proposals.history import require_shown
from consultazione.proposals.models import STANDING, Proposal
from consultazione.tables.models import ThematicTable

_WITH_AUTHOR = (
    joinedload(ProposalAmendment.author),
    joinedload(ProposalAmendment.proposal),
    joinedload(ProposalAmendment.mandate).joinedload(Mandate.organisation),
)


def get_amendment(session: Session, amendment_id: int) -> ProposalAmendment:
    """An amendment by id, with its author and proposal; NotFound if there is none, or hidden."""
    amendment = session.get(ProposalAmendment, amendment_id, options=_WITH_AUTHOR)
    if amendment is None:
        raise NotFound(_("There is no such amendment."))
    require_shown(session, amendment.proposal_id)
    return amendment


def amendments_of(session: Session, proposal_id: int) -> list[ProposalAmendment]:
    """The amendments of a proposal: those that wait first, then the newest.

    NotFound while the proposal is hidden.
    """
    require_shown(session, proposal_id)
    query = (
        select(ProposalAmendment)
        .options(*_WITH_AUTHOR)
        .filter_by(proposal_id=proposal_id)
        .order_by(ProposalAmendment.answered_at.is_not(None), ProposalAmendment.id.desc())
    )
    return list(session.scalars(query))


def count_amendments(session: Session, proposal_id: int) -> dict[AmendmentState, int]:
    """How many amendments of a proposal are in each state; states without any are left out.

    Of a hidden proposal none is counted.
    """
    query = (
        select(ProposalAmendment.state, func.count())
        .join(ProposalAmendment.proposal)
        .where(Proposal.id == proposal_id, Proposal.hidden_at.is_(None))
        .group_by(ProposalAmendment.state)
    )
    return dict(session.execute(query).all())


def origin_of(session: Session, proposal_id: int, version: int) -> ProposalAmendment | None:
    """The amendment that a version of a proposal comes from; None if it was written otherwise."""
    query = select(ProposalAmendment).options(*_WITH_AUTHOR)
    return session.scalar(query.filter_by(proposal_id=proposal_id, accepted_version=version))


def awaiting_author(session: Session, cycle_id: int, person_id: int) -> list[Proposal]:
    """A person's standing proposals of a cycle with an amendment that waits for their answer.

    Hidden ones are left out.
    """
    waits = select(ProposalAmendment.proposal_id).filter_by(state=AmendmentState.PENDING)
    query = (
        select(Proposal)
        .join(Proposal.table)
        .where(ThematicTable.cycle_id == cycle_id, Proposal.author_id == person_id)
        .where(Proposal.state.in_(STANDING), Proposal.hidden_at.is_(None), Proposal.id.in_(waits))
        .order_by(Proposal.id)
    )
    return list(session.scalars(query))
