"""Co-signers: invited by the author; they sign, decline, or take their signature back.

Each locks the proposal FOR UPDATE. NotFound if there is none. A text that carries several names
may change only under the eyes of all: a changed text has to be admitted again, and until then
whoever does not stand by it takes their signature back.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.permissions import Permission, acting_person
from consultazione.people.models import Mandate, Organisation
from consultazione.people.queries import Voice, find_person, lock_voice
from consultazione.proposals.commands.supporting import withdraw_support
from consultazione.proposals.cosigners.events import (
    CosignerDeclined,
    CosignerInvited,
    CosignerSigned,
    CosignerWithdrawn,
)
from consultazione.proposals.cosigners.models import CosignerState, ProposalCosigner
from consultazione.proposals.cosigners.queries import has_signed
from consultazione.proposals.locking import lock, require_at, require_discussed, require_own
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream

MOST_INVITED = 20


def invite_cosigner(
    tx: Transaction, *, proposal_id: int, email: str = "", organisation_id: int | None = None
) -> None:
    """Invite a person by their address, or an organisation of the register, to sign a proposal.

    Nothing tells whether an address has an account, and who was invited already is not invited
    again. NotAllowed for anybody but the author; Conflict if the proposal is not discussed any
    more; Invalid if nobody is named, too many are, or on `organisation_id` for one elsewhere.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.INVITE_COSIGNER, proposal)
    require_own(tx, proposal.author_id, _("Only the author invites others to sign a proposal."))
    require_discussed(tx, Permission.INVITE_COSIGNER, proposal)
    if not email and organisation_id is None:
        raise Invalid.at("email", _("Write an address, or choose an organisation."))
    _require_room(tx, proposal)
    if organisation_id is not None:
        _require_organisation(tx, proposal, organisation_id)
        _invite(tx, proposal, organisation_id=organisation_id)
    person = find_person(tx.session, email) if email else None
    if person is not None and person.id != proposal.author_id:
        _invite(tx, proposal, person_id=person.id)


def sign_with_author(tx: Transaction, *, cosigner_id: int) -> ProposalCosigner:
    """Sign a proposal together with its author, as one was invited to, and return the signature.

    A support of the same person goes, since nobody counts twice. NotAllowed for who is not
    invited, or speaks no more for the organisation that is; Conflict if it is answered, or the
    proposal is not discussed any more.
    """
    cosigner, proposal = _invitation(tx, cosigner_id, Permission.SIGN_WITH_AUTHOR)
    require_discussed(tx, Permission.SIGN_WITH_AUTHOR, proposal)
    if has_signed(tx.session, proposal.id, tx.actor.person_id):
        raise Conflict(_("You have signed this proposal already."))
    voice = _voice(tx, cosigner, proposal)
    withdraw_support(tx, proposal_id=proposal.id)
    cosigner.person_id = acting_person(tx.actor)
    cosigner.mandate_id, cosigner.category = voice.mandate_id, voice.category
    _answer(tx, cosigner, CosignerState.SIGNED)
    signed = CosignerSigned(
        cosigner_id=cosigner.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        mandate_id=voice.mandate_id,
        category=voice.category,
    )
    tx.record(table_stream(proposal.table_id), signed)
    return cosigner


def decline_to_sign(tx: Transaction, *, cosigner_id: int) -> ProposalCosigner:
    """Decline an invitation; errors as in `sign_with_author`."""
    cosigner, proposal = _invitation(tx, cosigner_id, Permission.DECLINE_TO_SIGN)
    _voice(tx, cosigner, proposal)
    _answer(tx, cosigner, CosignerState.DECLINED)
    declined = CosignerDeclined(
        cosigner_id=cosigner.id, proposal_id=proposal.id, table_id=proposal.table_id
    )
    tx.record(table_stream(proposal.table_id), declined)
    return cosigner


def withdraw_cosigning(tx: Transaction, *, cosigner_id: int) -> ProposalCosigner:
    """Take one's signature back until the table admits the text, and return it.

    NotAllowed for anybody but the co-signer; Conflict if they have not signed, or if the text that
    stands is admitted.
    """
    cosigner, proposal = _in_hand(tx, cosigner_id, Permission.WITHDRAW_COSIGNING)
    if cosigner.state is not CosignerState.SIGNED:
        raise Conflict(_("There is no signature that could be taken back."))
    require_own(tx, cosigner.person_id or 0, _("Only who signed takes their signature back."))
    if not proposal.awaits_decision:
        raise Conflict(
            _("The table has admitted this text with your signature. Write as a comment what you"
              " think otherwise.")
        )  # fmt: skip
    _answer(tx, cosigner, CosignerState.WITHDRAWN)
    withdrawn = CosignerWithdrawn(
        cosigner_id=cosigner.id, proposal_id=proposal.id, table_id=proposal.table_id
    )
    tx.record(table_stream(proposal.table_id), withdrawn)
    return cosigner


def _in_hand(
    tx: Transaction, cosigner_id: int, permission: Permission
) -> tuple[ProposalCosigner, Proposal]:
    cosigner = tx.session.get(ProposalCosigner, cosigner_id)
    if cosigner is None:
        raise NotFound(_("There is no such invitation."))
    proposal = lock(tx, cosigner.proposal_id)
    require_at(tx, permission, proposal)
    tx.session.refresh(cosigner, with_for_update={"of": ProposalCosigner})
    return cosigner, proposal


def _invitation(
    tx: Transaction, cosigner_id: int, permission: Permission
) -> tuple[ProposalCosigner, Proposal]:
    cosigner, proposal = _in_hand(tx, cosigner_id, permission)
    is_mine = cosigner.person_id in (None, acting_person(tx.actor))
    if not is_mine or proposal.author_id == tx.actor.person_id:
        raise NotAllowed(_("Only who was invited answers."))
    if cosigner.state is not CosignerState.INVITED:
        raise Conflict(_("This invitation has its answer already."))
    return cosigner, proposal


def _voice(tx: Transaction, cosigner: ProposalCosigner, proposal: Proposal) -> Voice:
    """In whose voice the actor answers: that of the organisation, if one was invited."""
    wanted = [] if cosigner.organisation_id is None else [cosigner.organisation_id]
    person_id, zone_id = acting_person(tx.actor), proposal.table.zone_id
    voice = lock_voice(tx, person_id, zone_id=zone_id, preferred=wanted)
    mandate = tx.session.get(Mandate, voice.mandate_id) if voice.mandate_id else None
    if wanted and (mandate is None or mandate.organisation_id not in wanted):
        raise NotAllowed(_("Only who speaks for the organisation that was invited answers."))
    return voice


def _require_room(tx: Transaction, proposal: Proposal) -> None:
    count = select(func.count()).select_from(ProposalCosigner).filter_by(proposal_id=proposal.id)
    if (tx.session.scalar(count) or 0) >= MOST_INVITED:
        told = _("You have invited %(most)s already: no more can be.", most=MOST_INVITED)
        raise Invalid.at("email", told)


def _require_organisation(tx: Transaction, proposal: Proposal, organisation_id: int) -> None:
    organisation = tx.session.get(Organisation, organisation_id, with_for_update={"read": True})
    if (
        organisation is None
        or organisation.zone_id != proposal.table.zone_id
        or organisation.withdrawn_at is not None
    ):
        raise Invalid.at("organisation_id", _("Choose an organisation of the register."))


def _invite(
    tx: Transaction,
    proposal: Proposal,
    *,
    person_id: int | None = None,
    organisation_id: int | None = None,
) -> None:
    who = {"person_id": person_id} if person_id else {"organisation_id": organisation_id}
    query = select(ProposalCosigner.id).filter_by(proposal_id=proposal.id, **who)
    if tx.session.scalar(query) is not None:
        return
    cosigner = ProposalCosigner(
        proposal_id=proposal.id, state=CosignerState.INVITED, invited_at=tx.now, **who
    )
    tx.session.add(cosigner)
    tx.flush()
    invited = CosignerInvited(
        cosigner_id=cosigner.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        person_id=person_id,
        organisation_id=organisation_id,
    )
    tx.record(table_stream(proposal.table_id), invited)


def _answer(tx: Transaction, cosigner: ProposalCosigner, state: CosignerState) -> None:
    cosigner.state, cosigner.answered_at = state, tx.now
