"""Lineage: a proposal is merged into another, divided into two, or forwarded to another table.

Each locks the proposal FOR UPDATE. NotFound if there is none; Conflict if it is not discussed any
more, or the table has concluded on it. Its page, its comments and its supports stay as they are.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.proposals.keeping import Text, text_of
from consultazione.proposals.lineage.deriving import derive, require_unsettled, supersede
from consultazione.proposals.lineage.models import Way
from consultazione.proposals.locking import (
    lock,
    require_at,
    require_changeable,
    require_discussed,
    require_own,
    require_standing,
    require_version,
)
from consultazione.proposals.models import Proposal
from consultazione.tables.working import require_working, table_in_hand


def merge_proposal(tx: Transaction, *, proposal_id: int, into_id: int, reason: str) -> Proposal:
    """Have a proposal continue in another one of the same cycle, and return that one.

    For who decides on proposals at its table. The other keeps its text, its author and its
    supports; whoever supports the one that is merged is told. Invalid on `into_id` if the two
    cannot be merged.
    """
    first, second = sorted((proposal_id, into_id))
    lock(tx, first)
    if second != first:
        lock(tx, second)
    proposal, into = lock(tx, proposal_id), lock(tx, into_id)
    require_at(tx, Permission.MERGE_PROPOSAL, proposal)
    require_discussed(tx, Permission.MERGE_PROPOSAL, proposal)
    require_unsettled(tx, proposal)
    if into.id == proposal.id or into.table.cycle_id != proposal.table.cycle_id:
        raise Invalid.at("into_id", _("Choose another proposal of this plan."))
    if not into.is_standing:
        raise Invalid.at("into_id", _("This proposal is not under discussion any more."))
    supersede(tx, proposal, [into], Way.MERGED, reason)
    return into


def forward_proposal(tx: Transaction, *, proposal_id: int, table_id: int, reason: str) -> Proposal:
    """Forward a proposal to another table of its cycle, and return it as it is there.

    For who decides on proposals at its table. There it waits to be admitted, in its author's name.
    Invalid on `table_id` for its own table, or one of another cycle; Conflict if that is closed.
    """
    proposal, table = lock(tx, proposal_id), table_in_hand(tx, table_id)
    require_at(tx, Permission.FORWARD_PROPOSAL, proposal)
    require_discussed(tx, Permission.FORWARD_PROPOSAL, proposal)
    require_unsettled(tx, proposal)
    if table.id == proposal.table_id or table.cycle_id != proposal.table.cycle_id:
        raise Invalid.at("table_id", _("Choose another table of this plan."))
    require_working(table)
    received = derive(tx, proposal, text_of(proposal), table_id=table.id)
    supersede(tx, proposal, [received], Way.FORWARDED, reason)
    return received


def divide_proposal(
    tx: Transaction,
    *,
    proposal_id: int,
    version: int,
    title: str,
    body: str,
    other_title: str,
    other_body: str,
    reason: str,
) -> tuple[Proposal, Proposal]:
    """Divide a proposal of the actor's own into two at the same table, and return both.

    version: the number of the text that was read; Conflict on that field if there is a later one.
    NotAllowed for anybody but the author; Invalid on `other_title` if both are called the same.
    Both wait to be admitted.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.DIVIDE_PROPOSAL, proposal)
    require_own(tx, proposal.author_id, _("Only the author may divide a proposal."))
    require_standing(proposal)
    require_changeable(tx, Permission.DIVIDE_PROPOSAL, proposal)
    require_version(proposal.version, version)
    if title == other_title:
        raise Invalid.at("other_title", _("Give the two proposals titles of their own."))
    texts = (Text(title, body, proposal.need, proposal.effect),
             Text(other_title, other_body, proposal.need, proposal.effect))  # fmt: skip
    one, other = (derive(tx, proposal, text, table_id=proposal.table_id) for text in texts)
    supersede(tx, proposal, [one, other], Way.DIVIDED, reason)
    return one, other
