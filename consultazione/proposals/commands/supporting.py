"""Supporting a proposal, and withdrawing the support."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, acting_person
from consultazione.people.speaking.choosing import lock_chosen_voice
from consultazione.proposals.cosigners.queries import has_signed
from consultazione.proposals.events import ProposalSupported, SupportRenewed, SupportWithdrawn
from consultazione.proposals.locking import lock, require_at, require_discussed, require_version
from consultazione.proposals.models import Proposal, Support
from consultazione.tables.events import table_stream


def support_proposal(
    tx: Transaction, *, proposal_id: int, version: int | None = None, voice: int | None = None
) -> Support:
    """Support somebody else's proposal, and return the support; renew it if the text was changed.

    version: the number of the text that the person has read; Conflict on that field if there is
    a later one, None if it is not known. voice: as in `speaking.choosing`; a support that is
    given keeps its own. Idempotent. Conflict if the actor wrote or signed the proposal, if it is
    not under discussion, or if the phase of the participation does not go on.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.SUPPORT_PROPOSAL, proposal)
    if proposal.author_id == tx.actor.person_id:
        raise Conflict(_("This is your own proposal: others may support it."))
    if has_signed(tx.session, proposal.id, tx.actor.person_id):
        raise Conflict(_("You have signed this proposal: others may support it."))
    require_discussed(tx, Permission.SUPPORT_PROPOSAL, proposal)
    if version is not None:
        require_version(proposal.version, version)
    support = _support_of(tx, proposal)
    return _renew(tx, proposal, support) if support else _add_support(tx, proposal, voice)


def withdraw_support(tx: Transaction, *, proposal_id: int) -> None:
    """Withdraw the actor's support. Idempotent."""
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.WITHDRAW_SUPPORT, proposal)
    support = _support_of(tx, proposal)
    if support is None:
        return
    tx.session.delete(support)
    proposal.supports -= 1
    tx.flush()
    tx.record(
        table_stream(proposal.table_id),
        SupportWithdrawn(proposal_id=proposal.id, table_id=proposal.table_id),
    )


def _renew(tx: Transaction, proposal: Proposal, support: Support) -> Support:
    """A support as given to the text that stands; nothing happens if it was."""
    if support.version < proposal.version:
        support.version = proposal.version
        renewed = SupportRenewed(
            proposal_id=proposal.id, table_id=proposal.table_id, version=support.version
        )
        tx.record(table_stream(proposal.table_id), renewed)
    return support


def _add_support(tx: Transaction, proposal: Proposal, chosen: int | None) -> Support:
    person_id = acting_person(tx.actor)
    voice = lock_chosen_voice(tx, person_id, zone_id=proposal.table.zone_id, chosen=chosen)
    support = Support(
        proposal_id=proposal.id,
        person_id=person_id,
        mandate_id=voice.mandate_id,
        category=voice.category,
        at=tx.now,
        version=proposal.version,
    )
    tx.session.add(support)
    proposal.supports += 1
    tx.flush()
    tx.record(
        table_stream(proposal.table_id),
        ProposalSupported(
            proposal_id=proposal.id,
            table_id=proposal.table_id,
            mandate_id=voice.mandate_id,
            category=voice.category,
            version=proposal.version,
        ),
    )
    return support


def _support_of(tx: Transaction, proposal: Proposal) -> Support | None:
    return tx.session.get(Support, (proposal.id, acting_person(tx.actor)))
