"""Jobs of the plan: a closed outcome is forwarded to the chapters that it addresses."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.outcomes.events import OutcomeClosed
from consultazione.plan.commands.forwarding import forward_outcome


def forward(tx: Transaction, entry: Entry) -> None:
    """The sign-off of an outcome is over: forward its items, those that are not yet."""
    assert isinstance(entry.event, OutcomeClosed)
    forward_outcome(tx, outcome_id=entry.event.outcome_id)
