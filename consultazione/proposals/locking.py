"""What the commands on a proposal share: locking its row; checking permission, state, cycle."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound, Sentence
from consultazione.core.permissions import Permission, require
from consultazione.proposals.models import Proposal
from consultazione.zones.queries import is_past

NOTHING_NEW = _("This cycle is past: proposals go to the plan that is being written.")
_NOTHING_MORE = _(
    "This proposal was made to a plan of the past: comment on and support those made to the plan"
    " that is being written."
)


def lock(tx: Transaction, proposal_id: int) -> Proposal:
    """The proposal, locked FOR UPDATE; NotFound if there is none."""
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    return proposal


def require_at(tx: Transaction, permission: Permission, proposal: Proposal) -> None:
    """Raise NotAllowed unless the actor holds the permission at the proposal's table."""
    require(tx.actor, permission, zone_id=proposal.table.zone_id, table_id=proposal.table_id)


def require_standing(proposal: Proposal) -> None:
    """Raise Conflict if the proposal was refused or withdrawn."""
    if not proposal.is_standing:
        raise Conflict(_("This proposal is not under discussion any more."))


def require_discussed(tx: Transaction, proposal: Proposal) -> None:
    """Raise Conflict if the proposal was refused or withdrawn, or its cycle is past."""
    require_standing(proposal)
    require_present(tx, proposal.table.cycle_id, otherwise=_NOTHING_MORE)


def require_present(tx: Transaction, cycle_id: int, *, otherwise: Sentence = NOTHING_NEW) -> None:
    """Raise Conflict, with a sentence, if the cycle is past at the moment of the transaction.

    What an import replays has the moment at which it was said, when the cycle was not past yet.
    """
    if is_past(tx.session, cycle_id, at=tx.now):
        raise Conflict(otherwise)
