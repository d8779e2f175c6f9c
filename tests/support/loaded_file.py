"""A database with a zone's file, loaded once for the tests of a module: that takes longest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from consultazione.core.db import Database
from consultazione.importing.main import load
from tests.support.memory_keys import MemoryKeys
from tests.support.undone_database import undone_database


@contextmanager
def loaded_file(engine: Engine, text: str, uploads: Path) -> Iterator[Database]:
    """Until the end of the block, a database with a file.

    The tests that share it do not change it, nor use `database`: an entry there would wait for
    the end of this one's transaction.
    """
    with engine.connect() as connection:
        outer = connection.begin()
        database = undone_database(connection, MemoryKeys())
        load(database, text, uploads)
        yield database
        outer.rollback()
