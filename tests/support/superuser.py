"""The superuser of the tests' server, for what the application's role may not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, NullPool, create_engine


def as_superuser(engine: Engine) -> Engine:
    """An engine on the same database that signs in as the server's superuser."""
    return create_engine(engine.url.set(username="postgres"), poolclass=NullPool)


@contextmanager
def all_mighty(engine: Engine) -> Iterator[Connection]:
    """A connection of the superuser whose transaction is undone: for ANALYZE and for DDL."""
    with as_superuser(engine).connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()
