"""The plan office's answer to a contribution: given once, always with a reason.

Each command locks the contribution FOR UPDATE. All raise NotFound if there is no such
contribution, NotAllowed without the permission of the same name, Conflict if it has been
answered, and Invalid if the reason is empty.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.plan.blocks.commands.writing import append_block
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.events import (
    ContributionRedirected,
    ContributionRefused,
    ContributionTakenIn,
    ContributionTakenInPart,
    plan_stream,
)
from consultazione.plan.models import Contribution, ContributionState


def take_in(tx: Transaction, *, contribution_id: int, body: str, reason: str) -> Block:
    """Take a contribution in, as a new last paragraph of its chapter, and return the paragraph."""
    contribution = _locked(tx, contribution_id, Permission.TAKE_IN)
    return _take(tx, contribution, ContributionState.TAKEN_IN, body, reason)


def take_in_part(tx: Transaction, *, contribution_id: int, body: str, reason: str) -> Block:
    """Take part of a contribution in; the reason says which part, and why not the rest."""
    contribution = _locked(tx, contribution_id, Permission.TAKE_IN_PART)
    return _take(tx, contribution, ContributionState.TAKEN_IN_PART, body, reason)


def refuse_contribution(tx: Transaction, *, contribution_id: int, reason: str) -> Contribution:
    """Refuse a contribution, with a reason."""
    contribution = _locked(tx, contribution_id, Permission.REFUSE_CONTRIBUTION)
    _settle(tx, contribution, ContributionState.REFUSED, reason)
    refused = ContributionRefused(contribution_id=contribution.id, reason=FreeText(reason))
    tx.record(plan_stream(contribution.chapter.cycle_id), refused)
    return contribution


def redirect_contribution(tx: Transaction, *, contribution_id: int, reason: str) -> Contribution:
    """Answer that a contribution is not for this plan; the reason says whom it is for."""
    contribution = _locked(tx, contribution_id, Permission.REDIRECT_CONTRIBUTION)
    _settle(tx, contribution, ContributionState.NOT_OURS, reason)
    redirected = ContributionRedirected(contribution_id=contribution.id, reason=FreeText(reason))
    tx.record(plan_stream(contribution.chapter.cycle_id), redirected)
    return contribution


def _locked(tx: Transaction, contribution_id: int, permission: Permission) -> Contribution:
    """The contribution, locked FOR UPDATE; Conflict if it has been answered."""
    contribution = tx.session.get(
        Contribution, contribution_id, with_for_update={"of": Contribution}
    )
    if contribution is None:
        raise NotFound(_("There is no such contribution."))
    require(tx.actor, permission, zone_id=contribution.chapter.zone_id)
    if contribution.state is not ContributionState.PENDING:
        raise Conflict(_("This contribution has its answer, and the answer stands."))
    return contribution


def _take(
    tx: Transaction, contribution: Contribution, state: ContributionState, body: str, reason: str
) -> Block:
    _settle(tx, contribution, state, reason)
    demo = contribution.item.outcome.minutes.sitting.demo
    paragraph = append_block(
        tx,
        contribution.chapter,
        BlockKind.PARAGRAPH,
        body,
        contribution=contribution,
        demo=demo,
    )
    whole = state is ContributionState.TAKEN_IN
    event = ContributionTakenIn if whole else ContributionTakenInPart
    tx.record(
        plan_stream(contribution.chapter.cycle_id),
        event(
            contribution_id=contribution.id,
            paragraph_id=paragraph.id,
            body=FreeText(body),
            reason=FreeText(reason),
        ),
    )
    return paragraph


def _settle(
    tx: Transaction, contribution: Contribution, state: ContributionState, reason: str
) -> None:
    if not reason.strip():
        raise Invalid.at("reason", _("Write the reason: those who proposed it will read it."))
    contribution.state = state
    contribution.reason = reason
    contribution.answered_at = tx.now
