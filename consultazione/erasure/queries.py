"""Reading the orders of a zone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.erasure.models import ErasureOrder


def orders(session: Session, zone_id: int, *, before: int = 0, limit: int) -> list[ErasureOrder]:
    """The orders of a zone, the latest first; before: only those with a lower number."""
    query = select(ErasureOrder).filter_by(zone_id=zone_id).order_by(ErasureOrder.number.desc())
    if before:
        query = query.where(ErasureOrder.number < before)
    return list(session.scalars(query.limit(limit)))


def upcoming_number(session: Session, zone_id: int) -> int:
    """The number that the zone's next order gets, unless another is carried out first."""
    last = orders(session, zone_id, limit=1)
    return last[0].number + 1 if last else 1
