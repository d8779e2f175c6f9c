"""What is asked of the database: which statements, how many, and how many rows they bring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event


@dataclass
class Reading:
    """What was read meanwhile."""

    statements: int = 0
    rows: int = 0


@contextmanager
def counted(engine: Engine) -> Iterator[Reading]:
    """Count the statements sent through an engine, and the rows that they found."""
    reading = Reading()

    def note(_connection: Any, cursor: Any, *_rest: Any) -> None:
        reading.statements += 1
        reading.rows += max(cursor.rowcount, 0)

    event.listen(engine, "after_cursor_execute", note)
    try:
        yield reading
    finally:
        event.remove(engine, "after_cursor_execute", note)


@contextmanager
def statements(target: Engine | Connection) -> Iterator[list[str]]:
    """The statements that an engine, or one connection, sends meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(target, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(target, "before_cursor_execute", note)
