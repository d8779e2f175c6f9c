"""Maps an answer to its command, for the pages and the REST interface."""

from __future__ import annotations

from typing import Any

from consultazione.core.db import Transaction
from consultazione.plan.commands.answering import (
    redirect_contribution,
    refuse_contribution,
    take_in,
    take_in_part,
)
from consultazione.plan.commands.batching import draft_answer
from consultazione.plan.models import ContributionState

_WITH_TEXT = {ContributionState.TAKEN_IN: take_in, ContributionState.TAKEN_IN_PART: take_in_part}
_WITHOUT = {
    ContributionState.REFUSED: refuse_contribution,
    ContributionState.NOT_OURS: redirect_contribution,
}


def answer_contribution(
    tx: Transaction, *, contribution_id: int, answer: ContributionState, reason: str, body: str
) -> Any:
    """Run the command for an answer; `body` is used only if something is taken in."""
    if answer in _WITH_TEXT:
        command = _WITH_TEXT[answer]
        return command(tx, contribution_id=contribution_id, body=body, reason=reason)
    return _WITHOUT[answer](tx, contribution_id=contribution_id, reason=reason)


def answer_now_or_later(
    tx: Transaction,
    *,
    contribution_id: int,
    answer: ContributionState,
    reason: str,
    body: str,
    later: bool,
) -> Any:
    """Answer a contribution, or only prepare the answer, to be published with others."""
    command = draft_answer if later else answer_contribution
    return command(tx, contribution_id=contribution_id, answer=answer, reason=reason, body=body)
