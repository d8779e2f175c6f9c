"""On which page of a list an item is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session


def page_start(
    session: Session,
    column: InstrumentedAttribute[int],
    item_id: int,
    size: int,
    *conditions: ColumnElement[bool],
) -> int:
    """The id after which the page with an item begins; 0 if that is the first page.

    column: the ids by which the list is ordered. conditions: which rows the list holds.
    size: how many rows a page has. Two statements, no locks.
    """
    earlier = select(column).where(column < item_id, *conditions)
    rank = session.scalar(select(func.count()).select_from(earlier.subquery())) or 0
    if rank < size:
        return 0
    last: Any = earlier.order_by(column).offset(rank // size * size - 1).limit(1)
    return session.scalar(last) or 0
