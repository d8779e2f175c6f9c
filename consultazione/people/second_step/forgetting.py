"""Taking a second step away: a part of whatever command does so."""

from __future__ import annotations

from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.people.second_step.models import RecoveryCode, SecondStep


def forget_second_step(tx: Transaction, person_id: int) -> None:
    """Delete a person's second step with its recovery codes. Idempotent; checks no permission."""
    tx.session.execute(delete(RecoveryCode).filter_by(person_id=person_id))
    tx.session.execute(delete(SecondStep).filter_by(person_id=person_id))
