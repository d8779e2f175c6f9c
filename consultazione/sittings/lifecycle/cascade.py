"""Deleting rows together with every row that refers to them, in whatever tables."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Table, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from consultazione.core.columns import Base

_Chosen = dict[Table, ColumnElement[bool]]


def delete_with_dependents(
    session: Session, model: type[Base], condition: ColumnElement[bool]
) -> None:
    """Delete the rows of a model that meet a condition, after every row that refers to them.

    Dependents are found by their foreign keys, so a table added later is included. One DELETE
    a table; waits for whoever has locked one of the rows.
    """
    chosen: _Chosen = {model.metadata.tables[model.__tablename__]: condition}
    for table in Base.metadata.sorted_tables:
        links = _links(table, chosen)
        if links:
            chosen.setdefault(table, or_(*links))
    for table in reversed(Base.metadata.sorted_tables):
        if table in chosen:
            session.execute(delete(table).where(chosen[table]))


def _links(table: Table, chosen: _Chosen) -> list[ColumnElement[bool]]:
    """For each key of a table that leads to chosen rows: the condition that it does."""
    links = (_link(key, chosen) for key in table.foreign_key_constraints)
    return [link for link in links if link is not None]


def _link(key: ForeignKeyConstraint, chosen: _Chosen) -> ColumnElement[bool] | None:
    """The condition that a row refers to a chosen row; None if its key leads elsewhere."""
    target = key.referred_table
    if target not in chosen or target is key.table:
        return None
    referred = select(*(element.column for element in key.elements)).where(chosen[target])
    return tuple_(*key.columns).in_(referred)
