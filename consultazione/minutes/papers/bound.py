"""Which minutes a record of a series binds: the approved ones of a table, between two days."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core import clock
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.sittings.models import Sitting

# Beyond this one binds years, not sittings; the page says so.
MOST_BOUND = 40


def approved_between(session: Session, table_id: int, first: date, last: date) -> list[Minutes]:
    """The approved minutes of a table's sittings that were opened on these days, oldest first.

    At most MOST_BOUND and one, by which more than that are known.
    """
    begin, end = (clock.at_rome(day, time.min) for day in (first, last + timedelta(days=1)))
    query = (
        select(Minutes)
        .join(Minutes.sitting)
        .options(joinedload(Minutes.sitting))
        .where(Sitting.table_id == table_id, Minutes.state != MinutesState.DRAFT)
        .where(Sitting.opened_at >= begin, Sitting.opened_at < end)
        .order_by(Sitting.opened_at, Minutes.id)
        .limit(MOST_BOUND + 1)
    )
    return list(session.scalars(query))


def span_of(session: Session, table_id: int) -> tuple[date, date] | None:
    """The days of the first and last sittings of a table whose minutes are approved."""
    query = (
        select(func.min(Sitting.opened_at), func.max(Sitting.opened_at))
        .join(Minutes, Minutes.sitting_id == Sitting.id)
        .where(Sitting.table_id == table_id, Minutes.state != MinutesState.DRAFT)
    )
    first, last = session.execute(query).one()
    if first is None or last is None:
        return None
    return clock.in_rome(first).date(), clock.in_rome(last).date()
