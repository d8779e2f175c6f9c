"""Maps a decision on a suggested change to its command."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.plan.discussion.commands.suggesting import accept_suggestion, refuse_suggestion
from consultazione.plan.discussion.models import SuggestionState


def decide_on_suggestion(
    tx: Transaction,
    *,
    suggestion_id: int,
    decision: SuggestionState,
    version: int,
    body: str,
    reason: str,
) -> object:
    """Run the command for a decision; `version` and `body` count if it is accepted."""
    if decision is SuggestionState.ACCEPTED:
        return accept_suggestion(
            tx, suggestion_id=suggestion_id, version=version, body=body, reason=reason
        )
    return refuse_suggestion(tx, suggestion_id=suggestion_id, reason=reason)
