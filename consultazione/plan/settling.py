"""Answering a contribution, as several commands do: once, with a reason, and as a block."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.plan.blocks.appending import NewBlock, append_block
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.events import (
    ContributionRedirected,
    ContributionRefused,
    ContributionTakenIn,
    ContributionTakenInPart,
    plan_stream,
)
from consultazione.plan.models import Contribution, ContributionState
from consultazione.zones.phases.when import require_when

_TAKEN = {
    ContributionState.TAKEN_IN: ContributionTakenIn,
    ContributionState.TAKEN_IN_PART: ContributionTakenInPart,
}
_LEFT = {
    ContributionState.REFUSED: ContributionRefused,
    ContributionState.NOT_OURS: ContributionRedirected,
}


def pending_contribution(
    tx: Transaction, contribution_id: int, permission: Permission
) -> Contribution:
    """A contribution that waits for its answer, locked FOR UPDATE.

    NotFound if there is none; NotAllowed without the permission in its zone; Conflict if it
    has been answered, or if the phase for answers does not go on.
    """
    contribution = locked_contribution(tx, contribution_id, permission)
    if contribution.state is not ContributionState.PENDING:
        raise Conflict(_("This contribution has its answer, and the answer stands."))
    return contribution


def locked_contribution(
    tx: Transaction, contribution_id: int, permission: Permission
) -> Contribution:
    """A contribution, locked FOR UPDATE; NotFound, or NotAllowed without the permission."""
    of = {"of": Contribution}
    contribution = tx.session.get(
        Contribution, contribution_id, with_for_update=of, populate_existing=True
    )
    if contribution is None:
        raise NotFound(_("There is no such contribution."))
    require(tx.actor, permission, zone_id=contribution.chapter.zone_id)
    require_when(tx, permission, contribution.chapter.cycle_id)
    return contribution


def require_answer(state: ContributionState, *, reason: str, body: str) -> None:
    """Invalid on `answer` if it is none, on `reason` without one, on `body` if it needs a text."""
    if state is ContributionState.PENDING:
        raise Invalid.at("answer", _("Choose one of the answers offered."))
    if not reason.strip():
        raise Invalid.at("reason", _("Write the reason: those who proposed it will read it."))
    if state in _TAKEN and not body.strip():
        raise Invalid.at("body", _("Write the text of the block."))


def settle(
    tx: Transaction,
    contribution: Contribution,
    state: ContributionState,
    *,
    reason: str,
    body: str = "",
) -> Block | None:
    """Answer a contribution that is locked and pending; returns the block if it is taken in.

    Invalid as `require_answer` says.
    """
    require_answer(state, reason=reason, body=body)
    contribution.state = state
    contribution.reason = reason
    contribution.answered_at = tx.now
    if state in _TAKEN:
        return _take(tx, contribution, body)
    left = _LEFT[state](contribution_id=contribution.id, reason=FreeText(reason))
    tx.record(plan_stream(contribution.chapter.cycle_id), left)
    return None


def takes_in(state: ContributionState) -> bool:
    """True for the answers by which text of a contribution comes into the plan."""
    return state in _TAKEN


def append_taken(tx: Transaction, contribution: Contribution, body: str) -> Block:
    """Write what is taken in of a contribution as the last paragraph of its chapter."""
    new = NewBlock(
        kind=BlockKind.PARAGRAPH,
        body=body,
        contribution=contribution,
        demo=contribution.item.outcome.minutes.sitting.demo,
    )
    return append_block(tx, contribution.chapter, new)


def _take(tx: Transaction, contribution: Contribution, body: str) -> Block:
    block = append_taken(tx, contribution, body)
    taken = _TAKEN[contribution.state](
        contribution_id=contribution.id,
        paragraph_id=block.id,
        body=FreeText(body),
        reason=FreeText(contribution.reason or ""),
    )
    tx.record(plan_stream(contribution.chapter.cycle_id), taken)
    return block
