"""Reading what the log says of a column: texts opened, values in the type of the column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Date, DateTime, Numeric, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from consultazione.core.audit.fold import Expected
from consultazione.core.audit.sources import Detail, Hashed, Leaf, Part, Text, Worded
from consultazione.core.canonical import sha256_of
from consultazione.core.columns import among
from consultazione.core.log import TextRow
from consultazione.core.log.texts import UnreadableText, open_row

# So many texts of several columns are kept as they were read: one is asked for column by column.
_KEPT = 64
Words = dict[tuple[int, str] | tuple[int, str, str], str | int | None]
# What the log says and nobody can know any more, or that was tampered with.
UNKNOWN = object()
# How words are read that stand for a value of another type.
_VALUES: dict[type, Callable[[Any], Any]] = {int: int, bool: lambda words: words == "yes"}


def agree(stands: Any, said: Any) -> bool:
    """True if a column says what the log says."""
    if isinstance(said, Part):
        return isinstance(stands, Mapping) and all(
            stands.get(name) == value for name, value in said.fields.items()
        )
    if isinstance(said, Hashed):
        return stands is not None and _digest(stands) == said.digest
    return bool(stands == said) or (said in (None, "") and stands in (None, ""))


def _digest(stands: Any) -> str:
    return sha256(stands).hexdigest() if isinstance(stands, bytes) else sha256_of(stands)


def read_as(column: TypeEngine[Any], value: Any, words: Words) -> Any:
    """A value of the log in the type of its column; an erased text is none."""
    if isinstance(value, Detail):
        return _of_type(column, _detail(words.get((value.position, value.field)), value.path))
    if isinstance(value, Text):
        said = words.get((value.position, value.field), UNKNOWN)
        is_worded = isinstance(value, Worded) and isinstance(said, str)
        return _VALUES.get(column.python_type, str)(said) if is_worded else said
    if isinstance(value, Leaf):
        return words.get((value.position, value.field, "leaf"), UNKNOWN)
    return _of_type(column, value)


def _detail(text: str | int | None, path: tuple[str | int, ...]) -> Any:
    """What stands there in a text of several columns; unknown if it was erased as a whole."""
    try:
        said: Any = _parsed(text) if isinstance(text, str) else None
        for step in path:
            said = said[step]
    except (LookupError, TypeError, ValueError):  # erased, or tampered with, which others name
        return UNKNOWN
    return said


@lru_cache(maxsize=_KEPT)
def _parsed(text: str) -> Any:
    return json.loads(text)


def _of_type(column: TypeEngine[Any], value: Any) -> Any:
    """A value of JSON in the type of its column."""
    if not isinstance(value, str):
        return value
    for kind, read in _READ.items():
        if isinstance(column, kind):
            return read(value)
    return value


_READ: dict[type[TypeEngine[Any]], Callable[[str], Any]] = {
    DateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    Numeric: Decimal,
}


def words_of(session: Session, rows: Iterable[Expected]) -> Words:
    """The texts that some rows must say; None for one that was erased.

    One that cannot be read is left out: the checks of its stream name it.
    """
    wanted = {
        (value.position, value.field)
        for row in rows
        for value in row.values.values()
        if isinstance(value, Text | Leaf)
    }
    words: Words = {}
    if not wanted:
        return words
    query = select(TextRow).where(among(TextRow.position, {position for position, _ in wanted}))
    for row in session.scalars(query):
        place = (row.position, row.field)
        if place in wanted:
            words[*place, "leaf"] = row.leaf
            try:
                text = open_row(session, row)
            except UnreadableText:
                continue
            words[place] = text.body if text else None
    return words
