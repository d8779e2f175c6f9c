"""Deleting a row with all that hangs on it, whatever tables there are."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Table, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from consultazione.core.columns import Base

_Chosen = dict[Table, ColumnElement[bool]]


def delete_with_dependents(
    session: Session, model: type[Base], condition: ColumnElement[bool]
) -> None:
    """Delete the rows of a model that meet a condition, and before them whatever refers to them.

    A table that is added later is found by its foreign keys.
    """
    root = model.metadata.tables[model.__tablename__]
    chosen: _Chosen = {root: condition}
    for table in Base.metadata.sorted_tables:
        links = [_link(key, chosen) for key in table.foreign_key_constraints]
        found = [link for link in links if link is not None]
        if found and table is not root:
            chosen[table] = or_(*found)
    for table in reversed(Base.metadata.sorted_tables):
        if table in chosen:
            session.execute(delete(table).where(chosen[table]))


def _link(key: ForeignKeyConstraint, chosen: _Chosen) -> ColumnElement[bool] | None:
    """The condition that a row refers to one that was chosen; None if its key leads elsewhere."""
    target = key.referred_table
    if target not in chosen or target is key.table:
        return None
    referred = select(*(element.column for element in key.elements)).where(chosen[target])
    return tuple_(*key.columns).in_(referred)
