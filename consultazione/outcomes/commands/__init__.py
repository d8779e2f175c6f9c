"""What happens to outcomes: opened by a worker, answered by the unions, closed by the rule."""

from __future__ import annotations

from consultazione.outcomes.commands.answering import (
    decline_outcome,
    sign_outcome,
    sign_outcome_with_note,
)
from consultazione.outcomes.commands.opening import open_outcome

__all__ = ["decline_outcome", "open_outcome", "sign_outcome", "sign_outcome_with_note"]
