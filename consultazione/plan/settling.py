"""Answering a contribution, as several commands do: once, with a reason, and as a block."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
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

_TAKEN = {
    ContributionState.TAKEN_IN: ContributionTakenIn,
    ContributionState.TAKEN_IN_PART: ContributionTakenInPart,
}
_LEFT = {
    ContributionState.REFUSED: ContributionRefused,
    ContributionState.NOT_OURS: ContributionRedirected,
}


def settle(
    tx: Transaction,
    contribution: Contribution,
    state: ContributionState,
    *,
    reason: str,
    body: str = "",
) -> Block | None:
    """Answer a contribution that is locked and pending; returns the block if it is taken in.

    Invalid on `reason`, or on `body` if it is taken in without a text.
    """
    if not reason.strip():
        raise Invalid.at("reason", _("Write the reason: those who proposed it will read it."))
    contribution.state = state
    contribution.reason = reason
    contribution.answered_at = tx.now
    if state in _TAKEN:
        return _take(tx, contribution, body)
    left = _LEFT[state](contribution_id=contribution.id, reason=FreeText(reason))
    tx.record(plan_stream(contribution.chapter.cycle_id), left)
    return None


def _take(tx: Transaction, contribution: Contribution, body: str) -> Block:
    block = append_block(
        tx,
        contribution.chapter,
        BlockKind.PARAGRAPH,
        body,
        contribution=contribution,
        demo=contribution.item.outcome.minutes.sitting.demo,
    )
    taken = _TAKEN[contribution.state](
        contribution_id=contribution.id,
        paragraph_id=block.id,
        body=FreeText(body),
        reason=FreeText(contribution.reason or ""),
    )
    tx.record(plan_stream(contribution.chapter.cycle_id), taken)
    return block
