"""A database whose commits are final: for tests of two at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from consultazione.core.columns import Base
from consultazione.core.db import Database
from consultazione.core.text_keys import TextKeyState
from tests.support.keys import text_keys
from tests.support.memory_keys import MemoryKeys
from tests.support.superuser import as_superuser


@contextmanager
def final_commits(engine: Engine) -> Iterator[Database]:
    """Transactions of their own on the real server; all tables are empty again at the end."""

    def session() -> Session:
        return Session(engine, expire_on_commit=False)

    try:
        yield Database(
            write=session,
            read=session,
            secret="a key for tests only",
            keys=MemoryKeys(),
            text_keys=text_keys(),
        )
    finally:
        with as_superuser(engine).begin() as connection:
            # The log refuses to be emptied, even by its owner.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            if names := ", ".join(_written(connection)):
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def _written(connection: Connection) -> list[str]:
    """The tables with rows: to empty all of them takes ten times as long.

    The row that names the keys of texts stays, as it does while the product runs.
    """
    tables = [t.name for t in Base.metadata.sorted_tables if t is not TextKeyState.__table__]
    having = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
    return list(connection.scalars(text(" UNION ALL ".join(having))))
