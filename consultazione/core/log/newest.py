"""The newest entries of a family of streams, or of some streams, by an index of exactly that.

PostgreSQL is not asked for `family = ...`: it would then take the order from the primary key and
read everything that came since, which after a large sitting is most of the log (0.3 s for a
million entries). A range from the value to itself, ordered by both columns, has but one index.

Of some streams among many the newest entries are looked up in each stream by itself, so that it
does not matter how much was entered in the others: in those of other zones, for instance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    column,
    func,
    literal_column,
    select,
    true,
    tuple_,
    values,
)

from consultazione.core.log.models import FAMILY, EntryRow

_FAMILY: ColumnElement[str] = literal_column(FAMILY, Text)


def newest_of_family(query: Select[Any], family: str, *, before: int = 0) -> Select[Any]:
    """Of a query for entries those of a family's streams below a position, newest first."""
    return _newest(query, _FAMILY, family, before)


def newest_of_streams(streams: Select[str], *, before: int = 0, limit: int) -> Select[int]:
    """The positions of the newest entries of some streams below a position (0: all).

    streams: selects their names.
    """
    name = streams.subquery().c[0]
    own = select(EntryRow.position).where(EntryRow.stream == name)
    if before:
        own = own.where(EntryRow.position < before)
    found = own.order_by(EntryRow.position.desc()).limit(limit).lateral()
    newest = select(found.c.position).join_from(name.table, found, true())
    return newest.order_by(found.c.position.desc()).limit(limit)


def newest_of_kinds(
    streams: Select[str], kinds: Mapping[str, Collection[str]], *, limit: int
) -> Select[int]:
    """The positions of the newest entries of some kinds in some streams.

    kinds: those that are meant, by the family of the streams in which they are recorded.
    """
    pairs = [(family, kind) for family in sorted(kinds) for kind in sorted(kinds[family])]
    wanted = values(column("family", Text), column("kind", Text), name="wanted").data(pairs)
    name = streams.subquery().c[0]
    found = (
        select(EntryRow.position)
        .where(EntryRow.stream == name, EntryRow.kind == wanted.c.kind)
        .order_by(EntryRow.position.desc())
        .limit(limit)
        .lateral()
    )
    newest = (
        select(found.c.position)
        .select_from(name.table)
        .join(wanted, wanted.c.family == func.split_part(name, ":", 1))
        .join(found, true())
    )
    return newest.order_by(found.c.position.desc()).limit(limit)


def _newest(query: Select[Any], column: Any, value: str, before: int) -> Select[Any]:
    until = tuple_(column, EntryRow.position) < (value, before) if before else column <= value
    return query.where(column >= value, until).order_by(column.desc(), EntryRow.position.desc())
