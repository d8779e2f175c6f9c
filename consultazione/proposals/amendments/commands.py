"""Amendments: proposed, taken over word for word, refused with a reason, taken back.

Each locks the proposal FOR UPDATE, so that its text cannot change meanwhile, and then the
amendment. NotFound if there is none, or if its proposal is hidden.
"""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person
from consultazione.people.queries import lock_voice
from consultazione.proposals.amendments.events import (
    AmendmentAccepted,
    AmendmentProposed,
    AmendmentRefused,
    AmendmentWithdrawn,
)
from consultazione.proposals.amendments.models import AmendmentState, Part, ProposalAmendment
from consultazione.proposals.amendments.paragraphs import replaced
from consultazione.proposals.history import require_shown
from consultazione.proposals.keeping import Text, change_text, text_of
from consultazione.proposals.locking import (
    lock,
    require_at,
    require_changeable,
    require_own,
    require_version,
)
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream

# As much as the form of a proposal takes in each part.
MOST = {Part.NEED: 4000, Part.BODY: 10_000, Part.EFFECT: 4000}
_GONE = _("The text was changed in the meantime: this paragraph does not stand in it any more.")


def propose_amendment(
    tx: Transaction, *, proposal_id: int, version: int, part: Part, old: str, new: str, reason: str
) -> ProposalAmendment:
    """Propose other words for a paragraph of somebody else's proposal, and return the amendment.

    version: the number of the text that was read. old: the paragraph as it stands; new: as it
    should be, empty if it should go. Conflict if the proposal is the actor's own, if the paragraph
    does not stand in that part of the text, if the proposal is not discussed or its text stands;
    Invalid on `new` if nothing is changed, or too little or too much would be left.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.PROPOSE_AMENDMENT, proposal)
    person_id = acting_person(tx.actor)
    if proposal.author_id == person_id:
        raise Conflict(_("This is your own proposal: change its text yourself."))
    require_changeable(tx, Permission.PROPOSE_AMENDMENT, proposal)
    if old == new:
        raise Invalid.at("new", _("Change the text: this is what stands there now."))
    _amended(proposal, part, old, new)
    voice = lock_voice(tx, person_id, zone_id=proposal.table.zone_id)
    amendment = ProposalAmendment(
        proposal_id=proposal.id,
        version=version,
        author_id=person_id,
        mandate_id=voice.mandate_id,
        category=voice.category,
        part=part,
        old=old,
        new=new,
        reason=reason,
        at=tx.now,
        state=AmendmentState.PENDING,
    )
    tx.session.add(amendment)
    tx.flush()
    proposed = AmendmentProposed(
        amendment_id=amendment.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        version=version,
        mandate_id=voice.mandate_id,
        category=voice.category,
        part=part,
        old=FreeText(old),
        new=FreeText(new),
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), proposed)
    return amendment


def accept_amendment(tx: Transaction, *, amendment_id: int, version: int) -> Proposal:
    """Take an amendment of the actor's own proposal over, word for word, and return the proposal.

    version: the number of the text that the author has read; Conflict on that field if there is
    a later one. NotAllowed for anybody but the proposal's author; Conflict if the amendment is
    answered, its paragraph stands there no more, or the text may not be changed.
    """
    amendment, proposal = _in_hand(tx, amendment_id, Permission.ACCEPT_AMENDMENT)
    require_own(tx, proposal.author_id, _("Only the author decides on amendments."))
    require_changeable(tx, Permission.ACCEPT_AMENDMENT, proposal)
    _require_pending(amendment)
    require_version(proposal.version, version)
    words = _amended(proposal, amendment.part, amendment.old, amendment.new)
    change_text(tx, proposal, _with(text_of(proposal), amendment.part, words), amendment.reason)
    amendment.accepted_version = proposal.version
    _answer(tx, amendment, AmendmentState.ACCEPTED)
    accepted = AmendmentAccepted(
        amendment_id=amendment.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        version=proposal.version,
    )
    tx.record(table_stream(proposal.table_id), accepted)
    return proposal


def refuse_amendment(tx: Transaction, *, amendment_id: int, reason: str) -> ProposalAmendment:
    """Leave a proposal of the actor's own as it is, for a reason that everybody can read.

    NotAllowed for anybody but the proposal's author; Conflict if the amendment is answered.
    """
    amendment, proposal = _in_hand(tx, amendment_id, Permission.REFUSE_AMENDMENT)
    require_own(tx, proposal.author_id, _("Only the author decides on amendments."))
    _require_pending(amendment)
    amendment.answer = reason
    _answer(tx, amendment, AmendmentState.REFUSED)
    refused = AmendmentRefused(
        amendment_id=amendment.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        answer=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), refused)
    return amendment


def withdraw_amendment(tx: Transaction, *, amendment_id: int) -> ProposalAmendment:
    """Take an amendment of the actor's own back. Conflict if it is answered."""
    amendment, proposal = _in_hand(tx, amendment_id, Permission.WITHDRAW_AMENDMENT)
    require_own(tx, amendment.author_id, _("Only who proposed an amendment takes it back."))
    _require_pending(amendment)
    _answer(tx, amendment, AmendmentState.WITHDRAWN)
    withdrawn = AmendmentWithdrawn(
        amendment_id=amendment.id, proposal_id=proposal.id, table_id=proposal.table_id
    )
    tx.record(table_stream(proposal.table_id), withdrawn)
    return amendment


def _in_hand(
    tx: Transaction, amendment_id: int, permission: Permission
) -> tuple[ProposalAmendment, Proposal]:
    amendment = tx.session.get(ProposalAmendment, amendment_id)
    if amendment is None:
        raise NotFound(_("There is no such amendment."))
    proposal = lock(tx, amendment.proposal_id)
    require_at(tx, permission, proposal)
    require_shown(tx.session, proposal.id)
    tx.session.refresh(amendment, with_for_update={"of": ProposalAmendment})
    return amendment, proposal


def _require_pending(amendment: ProposalAmendment) -> None:
    if not amendment.is_pending:
        raise Conflict(_("This amendment has its answer already."))


def _amended(proposal: Proposal, part: Part, old: str, new: str) -> str:
    """The part of the text with other words; Conflict, or Invalid on `new`, if that cannot be."""
    words = replaced(getattr(proposal, part.value) or "", old, new)
    if words is None:
        raise Conflict(_GONE, fields={"version": [_GONE]})
    if part is Part.BODY and not words:
        raise Invalid.at("new", _("Leave some text: this is all that the proposal says."))
    if len(words) > MOST[part]:
        raise Invalid.at("new", _("The whole text would be too long: shorten it."))
    return words


def _with(text: Text, part: Part, words: str) -> Text:
    """A text with other words in one of its parts; empty words take the part out."""
    match part:
        case Part.NEED:
            return replace(text, need=words or None)
        case Part.BODY:
            return replace(text, body=words)
        case Part.EFFECT:
            return replace(text, effect=words or None)


def _answer(tx: Transaction, amendment: ProposalAmendment, state: AmendmentState) -> None:
    amendment.state, amendment.answered_at = state, tx.now
