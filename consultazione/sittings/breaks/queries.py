"""Reading breaks."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.breaks.models import Suspension


def suspension_now(session: Session, sitting_id: int) -> Suspension | None:
    """The break that a sitting makes now, if it does."""
    return session.scalar(select(Suspension).filter_by(sitting_id=sitting_id, resumed_at=None))
