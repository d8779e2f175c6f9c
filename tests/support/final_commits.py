"""A database whose commits are final: for tests of two at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from consultazione.core.columns import Base
from consultazione.core.db import Database


@contextmanager
def final_commits(engine: Engine) -> Iterator[Database]:
    """Transactions of their own on the real server; all tables are empty again at the end."""

    def session() -> Session:
        return Session(engine, expire_on_commit=False)

    try:
        yield Database(write=session, read=session, secret="a key for tests only")
    finally:
        names = ", ".join(table.name for table in Base.metadata.sorted_tables)
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
