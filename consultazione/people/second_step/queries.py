"""Queries on second steps."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.people.second_step.models import RecoveryCode, SecondStep


def second_step_of(session: Session, person_id: int) -> SecondStep | None:
    """A person's second step; None if they sign in by their password alone."""
    return session.get(SecondStep, person_id)


def codes_left(session: Session, person_id: int) -> int:
    """How many recovery codes a person has not used yet."""
    query = select(func.count()).select_from(RecoveryCode).filter_by(person_id=person_id)
    return session.scalar(query) or 0
