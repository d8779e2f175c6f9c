"""The newest entries of one kind or of one family of streams, by an index of exactly that.

PostgreSQL is not asked for `kind = ...`: it would then take the order from the primary key and
read everything that came since, which after a large sitting is most of the log (0.3 s for a
million entries). A range from the value to itself, ordered by both columns, has but one index.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, literal_column, tuple_

from consultazione.core.log.models import FAMILY, EntryRow

_FAMILY: ColumnElement[str] = literal_column(FAMILY, Text)


def newest_of_kind(query: Select[Any], kind: str, *, before: int = 0) -> Select[Any]:
    """Of a query for entries those of a kind below a position (0: all), newest first."""
    return _newest(query, EntryRow.kind, kind, before)


def newest_of_family(query: Select[Any], family: str, *, before: int = 0) -> Select[Any]:
    """Of a query for entries those of a family's streams below a position, newest first."""
    return _newest(query, _FAMILY, family, before)


def _newest(query: Select[Any], column: Any, value: str, before: int) -> Select[Any]:
    until = tuple_(column, EntryRow.position) < (value, before) if before else column <= value
    return query.where(column >= value, until).order_by(column.desc(), EntryRow.position.desc())
