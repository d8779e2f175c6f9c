"""What the commands on a proposal share: locking its row; checking permission, state, phase.

A later feature says by `text_stands_once` when the text of a proposal may not be changed any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, false, or_
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound, Sentence
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import require_unchanged
from consultazione.proposals.models import Proposal
from consultazione.zones.phases.when import require_when

# Each selects something for a proposal by its id, or by the column of its id, once the text may
# not be changed any more.
_SETTLING: list[Callable[[Any], Select[int]]] = []


def text_stands_once(query: Callable[[Any], Select[int]]) -> None:
    """Have the text of a proposal stand as soon as a query finds something for its id."""
    _SETTLING.append(query)


def is_settled(session: Session, proposal_id: int) -> bool:
    """True if something rests on the text of a proposal, so that it stands as it is."""
    return any(session.scalar(query(proposal_id).limit(1)) is not None for query in _SETTLING)


def settled() -> ColumnElement[bool]:
    """The same as `is_settled`, as a condition on the rows of `Proposal` in a query."""
    found = (query(Proposal.id).correlate(Proposal).exists() for query in _SETTLING)
    return or_(false(), *found)


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
    """Raise Conflict if it was refused, withdrawn or hidden, or it is not the time for more."""
    require_standing(proposal)
    if proposal.hidden_at is not None:
        raise Conflict(_("This proposal is hidden: nothing can be added to it."))
    require_when(tx, permission, proposal.table.cycle_id)


def require_own(tx: Transaction, author_id: int, otherwise: Sentence) -> None:
    """Raise NotAllowed, with a sentence, for anybody but the author."""
    if author_id != tx.actor.person_id:
        raise NotAllowed(otherwise)


def require_changeable(tx: Transaction, permission: Permission, proposal: Proposal) -> None:
    """Raise Conflict if the table has concluded on the proposal, or it is not discussed."""
    require_discussed(tx, permission, proposal)
    if is_settled(tx.session, proposal.id):
        raise Conflict(
            _(
                "The table has concluded on this proposal, so its text stands. Write as a comment"
                " what should be corrected."
            )
        )


def require_version(current: int, read: int) -> None:
    """Raise Conflict on the field `version` if a text has been changed since it was read."""
    told = _("The text was changed in the meantime. Read it as it stands now and go on.")
    require_unchanged(read=read, version=current, told=told)
