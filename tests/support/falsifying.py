"""Falsifying rows behind the log's back, one at a time, to see that the audit names each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Connection, Enum, delete, insert, select, text, update
from sqlalchemy.orm import Session

from consultazione.core.audit import Audit, Difference, books
from consultazione.core.audit.compare import compared, folded
from consultazione.core.audit.fold import Rows

# A number that no id and no count comes near, and that a small integer can be.
_FAR = 32_111


class Falsifier:
    """Tries every column of every audit on the rows that a database has.

    connection: of a superuser, in a transaction that is undone; its constraints are taken away.
    """

    def __init__(self, connection: Connection, session: Session) -> None:
        self.connection, self.session = connection, session
        unguard(connection)
        self.missed: list[str] = []
        self.tried: set[str] = set()

    def try_everything(self) -> tuple[list[str], set[str]]:
        """What was falsified and not named, and what was tried, as `table.column`."""
        for book in books():
            for rows in folded(self.session, book):
                before = self._found(rows)
                self.missed += [f"before: {one}" for one in before]
                if rows.rows and not before:
                    self._try_columns(rows)
                    self._try_rows(rows)
        return self.missed, self.tried

    def _found(self, rows: Rows) -> list[Difference]:
        return list(compared(self.session, rows))

    def _try_columns(self, rows: Rows) -> None:
        audit = rows.audit
        for name in audit.columns:
            column = audit.table.c[name]
            key = next((key for key, row in rows.rows.items() if name in row.values), None)
            if key is None or name in audit.key:
                continue
            where = is_row(audit, key)
            was = self.connection.scalar(select(column).where(*where))
            with self._undone():
                changed = update(audit.table).where(*where).values({name: other_value(column, was)})
                self.connection.execute(changed)
                named = [(one.table, one.key, one.column) for one in self._found(rows)]
            told = " ".join(f"{k}={v}" for k, v in zip(audit.key, key, strict=True))
            self._note(f"{audit.table.name}.{name}", named == [(audit.table.name, told, name)])

    def _try_rows(self, rows: Rows) -> None:
        audit, table = rows.audit, rows.audit.table
        if not audit.begun and audit.told is None:
            return
        where = is_row(audit, next(iter(rows.rows)))
        whole = self.connection.execute(select(table).where(*where)).one()._mapping
        with self._undone():
            self.connection.execute(delete(table).where(*where))
            self._note(f"{table.name} removed", any(not one.column for one in self._found(rows)))
        values = {c.name: whole[c] for c in table.columns if c.computed is None}
        for name in {*audit.key, *(c.name for c in table.primary_key)}:
            values[name] = other_value(table.c[name], values[name])
        with self._undone():
            self.connection.execute(insert(table).values(values))
            self._note(f"{table.name} added", any(not one.column for one in self._found(rows)))

    def _note(self, what: str, was_named: bool) -> None:
        self.tried.add(what)
        if not was_named:
            self.missed.append(what)

    @contextmanager
    def _undone(self) -> Iterator[None]:
        with self.connection.begin_nested() as point:
            yield
            point.rollback()


def is_row(audit: Audit, key: tuple[Any, ...]) -> list[Any]:
    """The condition that a row has a key."""
    return [
        audit.table.c[name].is_not_distinct_from(value)
        for name, value in zip(audit.key, key, strict=True)
    ]


def other_value(column: Column[Any], was: Any) -> Any:
    """Another value of a column's type."""
    if isinstance(column.type, Enum):
        return next(one for one in column.type.enum_class or () if one != was)
    if isinstance(column.type, JSON):
        return {"falsified": True}
    kind = column.type.python_type if was is None else type(was)
    return _OTHERS[kind](was)


_OTHERS: dict[type, Callable[[Any], Any]] = {
    bool: lambda was: not was,
    dict: lambda _was: {"falsified": True},
    list: lambda _was: [_FAR],
    datetime: lambda was: (was or datetime.now().astimezone()) + timedelta(days=3),
    date: lambda was: (was or date(2020, 2, 2)) + timedelta(days=3),
    Decimal: lambda was: (was or Decimal(1)) + Decimal("0.01"),
    int: lambda _was: _FAR,
    bytes: lambda _was: b"\x00" * 31 + b"\x07",
    str: lambda was: f"{was or ''} falsified"[:300],
}


def unguard(connection: Connection) -> None:
    """Take away whatever keeps rows right but the log: triggers, checks, keys but the primary."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    found = connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u')"
            " ORDER BY contype = 'u'"
        )
    )
    for table, name in found.all():
        connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE'))
    for name in connection.scalars(
        text(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON oid = indexrelid"
            " WHERE indisunique AND NOT indisprimary"
            " AND relnamespace = 'public'::regnamespace"
        )
    ).all():
        connection.execute(text(f"DROP INDEX {name}"))
