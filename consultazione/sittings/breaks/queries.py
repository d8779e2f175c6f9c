"""Queries on breaks."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.breaks.models import Suspension


def suspension_now(session: Session, sitting_id: int) -> Suspension | None:
    """Return the break that a sitting is in, or None."""
    return session.scalar(select(Suspension).filter_by(sitting_id=sitting_id, resumed_at=None))
