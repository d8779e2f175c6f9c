"""What is asked of the database: how many statements, and how many rows they bring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event


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
