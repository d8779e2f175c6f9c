"""Queries on co-signers."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.models import Mandate
from consultazione.proposals.cosigners.models import CosignerState, ProposalCosigner
from consultazione.proposals.models import STANDING, Proposal
from consultazione.tables.models import ThematicTable

_WITH_NAMES = (
    joinedload(ProposalCosigner.author),
    joinedload(ProposalCosigner.organisation),
    joinedload(ProposalCosigner.mandate).joinedload(Mandate.organisation),
)


def get_cosigner(session: Session, cosigner_id: int) -> ProposalCosigner:
    """An invitation by its id; NotFound if there is none."""
    cosigner = session.get(ProposalCosigner, cosigner_id, options=_WITH_NAMES)
    if cosigner is None:
        raise NotFound(_("There is no such invitation."))
    return cosigner


def signers_of(session: Session, proposal_id: int) -> list[ProposalCosigner]:
    """Who has signed a proposal with its author, in the order of their invitations."""
    query = (
        select(ProposalCosigner)
        .options(*_WITH_NAMES)
        .filter_by(proposal_id=proposal_id, state=CosignerState.SIGNED)
        .order_by(ProposalCosigner.id)
    )
    return list(session.scalars(query))


def known_to_author(session: Session, proposal_id: int) -> list[ProposalCosigner]:
    """The invitations that the author is shown: of organisations, and those with an answer.

    Of a person who has not answered nothing is said: it would tell whether an address has an
    account.
    """
    query = (
        select(ProposalCosigner)
        .options(*_WITH_NAMES)
        .filter_by(proposal_id=proposal_id)
        .where(
            or_(
                ProposalCosigner.organisation_id.is_not(None),
                ProposalCosigner.state != CosignerState.INVITED,
            )
        )
        .order_by(ProposalCosigner.id)
    )
    return list(session.scalars(query))


def invitation_for(
    session: Session, proposal_id: int, person_id: int | None, organisation_ids: Collection[int]
) -> ProposalCosigner | None:
    """The invitation to sign a proposal that a person may answer; None if there is none."""
    if person_id is None:
        return None
    query = _answerable(person_id, organisation_ids).filter_by(proposal_id=proposal_id)
    return session.scalars(query.limit(1)).first()


def has_signed(session: Session, proposal_id: int, person_id: int | None) -> bool:
    """True if a person has signed a proposal of somebody else's with them."""
    query = select(Proposal.id).where(Proposal.id == proposal_id, signed_by(person_id))
    return person_id is not None and session.scalar(query) is not None


def signed_by(person_id: int | None) -> ColumnElement[bool]:
    """The same as a condition of a query on proposals."""
    return exists().where(
        ProposalCosigner.proposal_id == Proposal.id,
        ProposalCosigner.person_id == person_id,
        ProposalCosigner.state == CosignerState.SIGNED,
    )


def invitations(
    session: Session, cycle_id: int, person_id: int, organisation_ids: Collection[int]
) -> list[Proposal]:
    """The standing proposals of a cycle that a person is invited to sign."""
    asked = _answerable(person_id, organisation_ids).with_only_columns(ProposalCosigner.proposal_id)
    query = (
        select(Proposal)
        .join(Proposal.table)
        .where(ThematicTable.cycle_id == cycle_id, Proposal.state.in_(STANDING))
        .where(Proposal.id.in_(asked))
        .order_by(Proposal.id)
    )
    return list(session.scalars(query))


def _answerable(person_id: int, organisation_ids: Collection[int]) -> Select[ProposalCosigner]:
    mine = or_(
        ProposalCosigner.person_id == person_id,
        ProposalCosigner.organisation_id.in_(list(organisation_ids)),
    )
    return select(ProposalCosigner).where(mine, ProposalCosigner.state == CosignerState.INVITED)
