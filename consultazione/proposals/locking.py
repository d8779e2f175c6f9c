"""What the commands on a proposal share: locking its row; checking permission, state, phase."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.proposals.models import Proposal
from consultazione.zones.phases.when import require_when


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


def require_discussed(tx: Transaction, permission: Permission, proposal: Proposal) -> None:
    """Raise Conflict if the proposal was refused or withdrawn, or it is not the time for more."""
    require_standing(proposal)
    require_when(tx, permission, proposal.table.cycle_id)
