"""Queries on bodies that proposals are forwarded to, and on what was forwarded."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.proposals.models import Proposal
from consultazione.proposals.referrals.models import ProposalReferral, ReceivingBody


def receiving_bodies(session: Session, zone_id: int) -> list[ReceivingBody]:
    """The bodies that a zone forwards proposals to, by name; without retired ones."""
    query = select(ReceivingBody).filter_by(zone_id=zone_id, retired_at=None)
    return list(session.scalars(query.order_by(ReceivingBody.name, ReceivingBody.id)))


def get_body(session: Session, receiving_body_id: int, *, lock: bool = False) -> ReceivingBody:
    """A body by its id, locked FOR UPDATE if asked; NotFound if there is none."""
    body = session.get(ReceivingBody, receiving_body_id, with_for_update=lock or None)
    if body is None:
        raise NotFound(_("There is no such body."))
    return body


def find_referral(session: Session, proposal_id: int) -> ProposalReferral | None:
    """Where a proposal was forwarded to; None if it was not, or is hidden."""
    query = (
        select(ProposalReferral)
        .join(ProposalReferral.proposal)
        .options(joinedload(ProposalReferral.body))
        .where(ProposalReferral.proposal_id == proposal_id, Proposal.hidden_at.is_(None))
    )
    return session.scalar(query)


def get_referral(session: Session, proposal_id: int) -> ProposalReferral:
    """The same; NotFound if there is none."""
    referral = find_referral(session, proposal_id)
    if referral is None:
        raise NotFound(_("This proposal was not forwarded to a body."))
    return referral


def bodies_of(session: Session, proposal_ids: Iterable[int]) -> dict[int, str]:
    """The names of the bodies that proposals were forwarded to, by proposal."""
    query = (
        select(ProposalReferral.proposal_id, ReceivingBody.name)
        .join(ReceivingBody, ReceivingBody.id == ProposalReferral.body_id)
        .where(ProposalReferral.proposal_id.in_(list(proposal_ids)))
    )
    return dict(session.execute(query).all())
