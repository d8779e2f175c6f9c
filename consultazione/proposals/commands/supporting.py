"""Supporting a proposal, and withdrawing the support."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, acting_person
from consultazione.people.queries import lock_voice
from consultazione.proposals.events import ProposalSupported, SupportWithdrawn
from consultazione.proposals.locking import lock, require_at, require_discussed
from consultazione.proposals.models import Proposal, Support
from consultazione.tables.events import table_stream


def support_proposal(tx: Transaction, *, proposal_id: int) -> Support:
    """Support somebody else's proposal, and return the support. Idempotent.

    Conflict if the proposal is the actor's own, or is not under discussion, or if the phase of
    the participation does not go on.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.SUPPORT_PROPOSAL, proposal)
    if proposal.author_id == tx.actor.person_id:
        raise Conflict(_("This is your own proposal: others may support it."))
    require_discussed(tx, Permission.SUPPORT_PROPOSAL, proposal)
    return _support_of(tx, proposal) or _add_support(tx, proposal)


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


def _add_support(tx: Transaction, proposal: Proposal) -> Support:
    person_id = acting_person(tx.actor)
    voice = lock_voice(tx, person_id, zone_id=proposal.table.zone_id)
    support = Support(
        proposal_id=proposal.id,
        person_id=person_id,
        mandate_id=voice.mandate_id,
        category=voice.category,
        at=tx.now,
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
        ),
    )
    return support


def _support_of(tx: Transaction, proposal: Proposal) -> Support | None:
    return tx.session.get(Support, (proposal.id, acting_person(tx.actor)))
