"""What the commands on answers share: the proposal in hand, and that it waits for its answer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Sentence
from consultazione.core.permissions import Permission
from consultazione.proposals.answers.rights import require_evaluator
from consultazione.proposals.locking import is_settled, lock
from consultazione.proposals.models import Proposal, ProposalState


def evaluated(tx: Transaction, proposal_id: int, permission: Permission) -> Proposal:
    """The proposal, locked FOR UPDATE, for who may evaluate it.

    NotFound if there is none; NotAllowed for others.
    """
    proposal = lock(tx, proposal_id)
    require_evaluator(tx.session, tx.actor, permission, proposal)
    return proposal


def require_waiting(tx: Transaction, proposal: Proposal) -> None:
    """Raise Conflict unless the proposal waits for an answer (`why_not_waiting`)."""
    told = why_not_waiting(tx.session, proposal)
    if told is not None:
        raise Conflict(told)


def why_not_waiting(session: Session, proposal: Proposal) -> Sentence | None:
    """Why a proposal does not wait for an answer; None if it does.

    It does once it is admitted, until the table has concluded on it or answered it.
    """
    if proposal.state is not ProposalState.ADMITTED:
        return _("Only a proposal that is admitted to discussion waits for an answer.")
    if proposal.hidden_at is not None:
        return _("This proposal is hidden: nothing can be added to it.")
    if is_settled(session, proposal.id):
        return _("The table has answered this proposal, forwarded it or concluded on it already.")
    return None
