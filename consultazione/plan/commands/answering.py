"""The plan office's answer to a contribution: given once, always with a reason.

Each command locks the contribution FOR UPDATE. All raise NotFound if there is no such
contribution, NotAllowed without the permission of the same name, Conflict if it has been
answered, and Invalid if the reason is empty.
"""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.models import Block
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.settling import pending_contribution, settle


def take_in(tx: Transaction, *, contribution_id: int, body: str, reason: str) -> Block:
    """Take a contribution in, as a new last paragraph of its chapter, and return the paragraph."""
    contribution = pending_contribution(tx, contribution_id, Permission.TAKE_IN)
    block = settle(tx, contribution, ContributionState.TAKEN_IN, reason=reason, body=body)
    assert block is not None
    return block


def take_in_part(tx: Transaction, *, contribution_id: int, body: str, reason: str) -> Block:
    """Take part of a contribution in; the reason says which part, and why not the rest."""
    contribution = pending_contribution(tx, contribution_id, Permission.TAKE_IN_PART)
    block = settle(tx, contribution, ContributionState.TAKEN_IN_PART, reason=reason, body=body)
    assert block is not None
    return block


def refuse_contribution(tx: Transaction, *, contribution_id: int, reason: str) -> Contribution:
    """Refuse a contribution, with a reason."""
    contribution = pending_contribution(tx, contribution_id, Permission.REFUSE_CONTRIBUTION)
    settle(tx, contribution, ContributionState.REFUSED, reason=reason)
    return contribution


def redirect_contribution(tx: Transaction, *, contribution_id: int, reason: str) -> Contribution:
    """Answer that a contribution is not for this plan; the reason says whom it is for."""
    contribution = pending_contribution(tx, contribution_id, Permission.REDIRECT_CONTRIBUTION)
    settle(tx, contribution, ContributionState.NOT_OURS, reason=reason)
    return contribution
