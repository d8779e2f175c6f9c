"""Falsifying rows behind the log's back, one at a time, to see that the audit names each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, SmallInteger, delete, insert, select, text, update
from sqlalchemy.orm import Session

from consultazione.core.audit import Audit, Difference, books
from consultazione.core.audit.compare import compared, folded

# A number that no id and no count comes near.
_FAR = 987_654_321


class Falsifier:
    """Tries every column of every audit on the rows that a database has.

    connection: of a superuser, in a transaction that is undone; its constraints are taken away.
    """

    def __init__(self, connection: Connection, session: Session) -> None:
        self.connection, self.session = connection, session
        _unguard(connection)
        self.missed: list[str] = []
        self.tried: set[str] = set()

    def try_everything(self) -> tuple[list[str], set[str]]:
        """What was falsified and not named, and what was tried, as `table.column`."""
        for book in books():
            for rows in folded(self.session, book):
                audit = rows.audit
                if not rows.rows:
                    continue
                key, said = next(iter(rows.rows.items()))

                def found() -> list[Difference]:
                    return list(compared(self.session, rows))

                if found():
                    self.missed += [f"before: {one}" for one in found()]
                    continue
                self._try_columns(audit, rows, found)
                if audit.begun:
                    self._try_rows(audit, key, found)
        return self.missed, self.tried

    def _try_columns(self, audit: Audit, rows: Any, found: Any) -> None:
        for name in audit.columns:
            column = audit.table.c[name]
            told = ((key, row) for key, row in rows.rows.items() if name in row.values)
            key, row = next(told, (None, None))
            if key is None or name in audit.key or column.computed is not None:
                continue
            where = _is(audit, key)
            was = self.connection.scalar(select(column).where(*where))
            with self._undone():
                changed = update(audit.table).where(*where).values({name: _other(column, was)})
                self.connection.execute(changed)
                named = [(one.table, one.key, one.column) for one in found()]
            expected = " ".join(f"{k}={v}" for k, v in zip(audit.key, key, strict=True))
            self._note(f"{audit.table.name}.{name}", (audit.table.name, expected, name) in named)

    def _try_rows(self, audit: Audit, key: tuple[Any, ...], found: Any) -> None:
        table, where = audit.table, _is(audit, key)
        whole = self.connection.execute(select(table).where(*where)).one()._mapping
        with self._undone():
            self.connection.execute(delete(table).where(*where))
            self._note(f"{table.name} removed", any(one.column is None for one in found()))
        values = {c.name: whole[c] for c in table.columns if c.computed is None}
        for name in {*audit.key, *(c.name for c in table.primary_key)}:
            values[name] = _other(table.c[name], values[name])
        with self._undone():
            self.connection.execute(insert(table).values(values))
            self._note(f"{table.name} added", any(one.column is None for one in found()))

    def _note(self, what: str, was_named: bool) -> None:
        self.tried.add(what)
        if not was_named:
            self.missed.append(what)

    @contextmanager
    def _undone(self) -> Iterator[None]:
        with self.connection.begin_nested() as point:
            yield
            point.rollback()


def _is(audit: Audit, key: tuple[Any, ...]) -> list[Any]:
    return [
        audit.table.c[name].is_not_distinct_from(value)
        for name, value in zip(audit.key, key, strict=True)
    ]


def _other(column: Column[Any], was: Any) -> Any:
    """Another value of a column's type."""
    kind = column.type.python_type
    if kind is bool:
        return not was
    if kind in (dict, list):
        return {"falsified": True} if isinstance(was, dict) or kind is dict else [_FAR]
    if kind is datetime:
        return (was or datetime.now().astimezone()) + timedelta(days=3)
    if kind is date:
        return (was or date(2020, 2, 2)) + timedelta(days=3)
    if kind is Decimal:
        return (was or Decimal(1)) + Decimal("0.01")
    if kind is int:
        return 32_111 if isinstance(column.type, SmallInteger) else _FAR
    if kind is bytes:
        return b"\x00" * 31 + b"\x07"
    if hasattr(column.type, "enums"):
        return next(one for one in column.type.enum_class if one != was)
    return f"{was or ''} falsified"[:300]


def _unguard(connection: Connection) -> None:
    """Take away whatever keeps rows right but the log: triggers, checks, foreign and unique keys."""
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
