"""Closing an outcome, in the transaction that meets its rule."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.outcomes.events import OutcomeClosed, outcome_stream
from consultazione.outcomes.models import Outcome, OutcomeState
from consultazione.outcomes.rules import is_met


def close_if_met(tx: Transaction, outcome: Outcome) -> None:
    """Close an outcome if its rule is met; the event sends it on to the plan. Idempotent.

    The caller holds the lock on the outcome.
    """
    if outcome.state is OutcomeState.CLOSED or not is_met(outcome.rule, outcome.parties):
        return
    outcome.state, outcome.closed_at = OutcomeState.CLOSED, tx.now
    tx.record(
        outcome_stream(outcome.id), OutcomeClosed(outcome_id=outcome.id, digest=outcome.digest)
    )
