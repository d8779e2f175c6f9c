"""All that is kept about a person: found by the keys that lead to their account.

Read from the models, so that a table that is new tells of them too without a line here. Whatever
column refers to the account counts: what they wrote, and what they did in an office. Left out is
what would open an account or tell of somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, or_, select
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.columns import Base
from consultazione.core.log import EntryRow

_PERSON = "person"
# What opens an account, or proves a signature.
_NOT_TOLD = frozenset({"password_hash", "evidence"})
# Tables of what belongs to a row of theirs, by the column that leads there.
_PARTS: Mapping[str, tuple[str, str]] = {
    "proposal_version": ("proposal", "proposal_id"),
    "proposal_file": ("proposal", "proposal_id"),
    "comment_version": ("comment", "comment_id"),
}
# Whose a row is. Somebody else who stands in it, such as who decided on it, did so in office.
_OWNERS = ("person_id", "author_id")
# What others wrote, or are, in rows that name nobody but who was in office.
_OF_OTHERS: Mapping[str, frozenset[str]] = {
    "invitation": frozenset({"email", "display_name"}),
    "ruling_appeal": frozenset({"words"}),
}
# The name under which words that stand in the log alone are told.
_WORDS = "words"


@dataclass(frozen=True)
class Found:
    """The rows of a table that are about a person, each by the names of its columns."""

    table: str
    rows: Sequence[Mapping[str, Any]]


def collected(session: Session, person_id: int) -> Iterator[Found]:
    """All tables with something about a person, the account first."""
    own: dict[str, list[int]] = {}
    for table in _tables():
        ways = _ways(table)
        if not ways:
            continue
        wanted = select(*_told(table)).where(or_(*(way == person_id for way in ways)))
        rows = [dict(row) for row in session.execute(wanted).mappings()]
        own[table.name] = [row["id"] for row in rows if "id" in row]
        yield from _found(session, table, rows, person_id)
    for name, (owner, column) in _PARTS.items():
        table = Base.metadata.tables[name]
        theirs = select(*_told(table)).where(table.c[column].in_(own.get(owner, [])))
        rows = [dict(row) for row in session.execute(theirs).mappings()]
        yield from _found(session, table, rows, person_id)


def entries_of(session: Session, person_id: int) -> Iterator[Mapping[str, Any]]:
    """What the log says that a person did, in the order in which they did it; ids and no words."""
    wanted = (
        select(EntryRow.position, EntryRow.stream, EntryRow.kind, EntryRow.data, EntryRow.at)
        .where(EntryRow.actor_id == person_id)
        .order_by(EntryRow.position)
    )
    for row in session.execute(wanted).mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _tables() -> list[Table]:
    """The tables, that of accounts first."""
    tables = Base.metadata.sorted_tables
    return sorted(tables, key=lambda table: table.name != _PERSON)


def _ways(table: Table) -> list[Column[Any]]:
    """The columns of a table that lead to an account."""
    if table.name == _PERSON:
        return [table.c.id]
    return [
        column
        for column in table.columns
        if any(key.column.table.name == _PERSON for key in column.foreign_keys)
    ]


def _told(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if column.name not in _NOT_TOLD | _OF_OTHERS.get(table.name, frozenset())
        and column.computed is None
        and not isinstance(column.type, LargeBinary)
    ]


def _found(
    session: Session, table: Table, rows: Sequence[Mapping[str, Any]], person_id: int
) -> Iterator[Found]:
    if not rows:
        return
    words = log.words(session, [row["leaf"] for row in rows if row.get("leaf")])
    others = {column.name for column in _ways(table)} - {"id"}
    yield Found(table.name, [_row(row, others, person_id, words) for row in rows])


def _row(
    row: Mapping[str, Any], others: set[str], person_id: int, words: Mapping[int, str]
) -> Mapping[str, Any]:
    """A row as it is told: the numbers of other people's accounts are left out.

    So is what is written in a row that is somebody else's.
    """
    is_own = all(row.get(name) in (person_id, None) for name in _OWNERS)
    told = {
        name: _plain(value)
        for name, value in row.items()
        if name != "leaf"
        and (name not in others or value in (person_id, None))
        and (is_own or not _is_written(value))
    }
    is_said = is_own and row.get("leaf")
    return {**told, _WORDS: words.get(row["leaf"], "")} if is_said else told


def _is_written(value: Any) -> bool:
    """True for words and what holds some; False for numbers, moments, and words of closed lists."""
    return type(value) is str or isinstance(value, dict | list)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
