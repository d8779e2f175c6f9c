"""Finding the rows of a cycle that an archive has: over their foreign keys, as `kept` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    LargeBinary,
    Numeric,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
)

from consultazione.archive.reading import Source
from consultazione.archive.state.kept import KEPT, MANDATE, PERSON
from consultazione.core.columns import Base, among

_MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.USZ'
# Beside the columns of a row: whether it is to be masked.
MASKED = " masked"
# A row belongs to what stands before these.
_NO_OWNERS = {PERSON, MANDATE, "organisation", "document_signature"}


def kept_tables() -> list[Table]:
    """The tables that an archive has, each after those to which its rows refer."""
    return [table for table in Base.metadata.sorted_tables if table.name in KEPT]


def columns_of(table: Table) -> list[Column[Any]]:
    """The columns of a table that an archive has: none that the database computes."""
    only = KEPT[table.name].columns
    stored = (column for column in table.columns if column.computed is None)
    return [column for column in stored if not only or column.name in only]


def is_bytes(column: Column[Any]) -> bool:
    """True for a column that holds bytes."""
    return isinstance(column.type, LargeBinary)


def references(table: Table) -> Iterator[tuple[Column[Any], Table | None]]:
    """The kept columns that refer to another table's only key; None for one that is not kept."""
    for column in columns_of(table):
        for key in column.foreign_keys:
            other = key.column.table
            if key.column.name == only_key(other):
                yield column, other if other.name in KEPT else None


def rows_of(table: Table, source: Source) -> Select[Any]:
    """The rows that are kept of a table, each as one JSON object of its columns.

    In the order of the primary key. Amounts are text, so that no binary fraction comes of them;
    moments are in UTC.
    """
    shown: Select[Any] = select(*(_exact(column) for column in columns_of(table)))
    if KEPT[table.name].masked:
        shown = shown.add_columns(literal_column(KEPT[table.name].masked).label(MASKED))
        # So that the order does not tell who the masked are.
        shown = shown.order_by(table.c[owner_of(table)], table.c.category)
    shown = shown.where(_is_kept(table, source)).order_by(*table.primary_key)
    return select(func.to_jsonb(shown.subquery("kept").table_valued()))


def owner_of(table: Table) -> str:
    """The column with what a row belongs to."""
    return _owners(table)[0].parent.name


def of_ids(table: Table, ids: Iterable[int]) -> Select[Any]:
    """The rows of some ids, in the same form."""
    (key,) = table.primary_key
    shown = select(*(_exact(column) for column in columns_of(table)))
    shown = shown.where(among(key, ids)).order_by(key)
    return select(func.to_jsonb(shown.subquery("kept").table_valued()))


def _exact(column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Numeric):
        return cast(column, Text).label(column.name)
    if isinstance(column.type, DateTime):
        return func.to_char(func.timezone("UTC", column), _MOMENT).label(column.name)
    return column


def _is_kept(table: Table, source: Source) -> ColumnElement[bool]:
    """The condition that a row is one of the cycle, or of its zone, and that anybody reads it."""
    only = KEPT[table.name].only
    conditions: list[Any] = [_belongs(table, source)]
    if only:
        places = (("zone", source.zone_id), ("cycle", source.cycle_id))
        known: list[Any] = [bindparam(name, value) for name, value in places if f":{name}" in only]
        conditions.append(text(f"({only})").bindparams(*known))
    return and_(*(one for one in conditions if one is not None))


def _belongs(table: Table, source: Source) -> ColumnElement[bool] | None:
    if table.name == "zone":
        return table.c.id == source.zone_id
    if table.name == "cycle":
        return table.c.id == source.cycle_id
    if table.name == "territory":
        zone = Base.metadata.tables["zone"]
        return table.c.id.in_(select(zone.c.territory_id).where(zone.c.id == source.zone_id))
    if "cycle_id" in table.c:
        return table.c.cycle_id == source.cycle_id
    keys = _owners(table)
    if not keys:
        return None
    return or_(
        *(
            key.parent.in_(select(key.column).where(_is_kept(key.column.table, source)))
            for key in keys
        )
    )


def _owners(table: Table) -> list[ForeignKey]:
    """The foreign keys to what a row belongs to: the first that is never empty, else all."""
    keys = [
        key
        for column in table.columns
        for key in sorted(column.foreign_keys, key=lambda key: key.column.table.name)
        if key.column.table.name in KEPT.keys() - _NO_OWNERS - {table.name}
        and key.column.name == only_key(key.column.table)
    ]
    return [key for key in keys if not key.parent.nullable][:1] or keys


def only_key(table: Table) -> str | None:
    """The name of a table's primary key; None if it has several columns."""
    names = [column.name for column in table.primary_key]
    return names[0] if len(names) == 1 else None
