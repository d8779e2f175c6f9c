"""A database on one connection, whose commits its outer transaction undoes."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consultazione.core.db import Database
from tests.support.keys import text_keys
from tests.support.memory_keys import MemoryKeys


def undone_database(connection: Connection, poll_keys: MemoryKeys) -> Database:
    """A database in which every commit releases a savepoint of the connection's transaction.

    Reading opens no savepoint: closing one would undo what was written meanwhile.
    """

    def writing() -> Session:
        return Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)

    def reading() -> Session:
        return Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)

    return Database(
        write=writing,
        read=reading,
        secret="a key for tests only",
        keys=poll_keys,
        text_keys=text_keys(),
    )
