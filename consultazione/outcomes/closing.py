"""Closing an outcome, in the transaction that meets its rule or ends its sign-off."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.documents.paper.model import digest_of, to_json
from consultazione.documents.register import register_document
from consultazione.outcomes.events import OutcomeClosed, outcome_stream
from consultazione.outcomes.kind import UNION_RECORD
from consultazione.outcomes.models import ClosedBy, Outcome, OutcomeState
from consultazione.outcomes.record import record_of
from consultazione.outcomes.rules import is_met


def close_if_met(tx: Transaction, outcome: Outcome) -> None:
    """Close an outcome if its rule is met. Idempotent; the caller holds the lock on the outcome."""
    item_ids = [item.id for item in outcome.items]
    if outcome.state is OutcomeState.SIGNING and is_met(outcome.rule, outcome.parties, item_ids):
        close(tx, outcome, ClosedBy.RULE)


def close(tx: Transaction, outcome: Outcome, by: ClosedBy) -> None:
    """Close an open outcome; the event sends it on to the plan. The caller holds its lock.

    Where unions were asked, the record of how they stand is frozen and gets its number.
    """
    outcome.state, outcome.closed_at, outcome.closed_by = OutcomeState.CLOSED, tx.now, by
    closed = OutcomeClosed(outcome_id=outcome.id, digest=outcome.digest, closed_by=by)
    tx.record(outcome_stream(outcome.id), closed)
    if outcome.parties:
        _freeze_record(tx, outcome)


def _freeze_record(tx: Transaction, outcome: Outcome) -> None:
    tx.flush()
    for party in outcome.parties:  # who answers in this transaction is not loaded yet
        tx.session.expire(party, ["mandate"])
    record = record_of(tx.session, outcome)
    register_document(
        tx,
        outcome.minutes.sitting.table.zone_id,
        UNION_RECORD,
        object_id=outcome.id,
        digest=digest_of(record),
        content=to_json(record),
    )
