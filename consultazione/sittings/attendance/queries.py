"""Queries on who was at a sitting."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.models import Attendance


def attended(session: Session, sitting_id: int, person_id: int | None) -> bool:
    """Whether a person is or was at a sitting; False for nobody (None)."""
    query = select(Attendance.id).filter_by(sitting_id=sitting_id, person_id=person_id).limit(1)
    return person_id is not None and session.scalar(query) is not None
