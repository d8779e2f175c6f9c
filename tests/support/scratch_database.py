"""A database of its own, which a test takes from one revision of the schema to another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.orm import Session

from consultazione.config import ROOT
from consultazione.core.db import Database
from tests.support.keys import SECRETS, text_keys
from tests.support.superuser import as_superuser

# Kept by Alembic itself; everything else is ours.
_REVISION_TABLE = "alembic_version"
Rows = dict[str, list[dict[str, Any]]]


class Scratch:
    """The database, at some revision, and its rows as plain values."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._config = Config()
        self._config.set_main_option("script_location", str(ROOT / "consultazione" / "migrations"))
        self._config.attributes["secrets_dir"] = SECRETS
        self._config.attributes["database_url"] = engine.url.render_as_string(hide_password=False)

    def upgrade(self, revision: str) -> None:
        """Apply migrations up to a revision, or up to `head`."""
        command.upgrade(self._config, revision)

    def downgrade(self, revision: str) -> None:
        """Undo migrations down to a revision, or down to `base`."""
        command.downgrade(self._config, revision)

    def run(self, *statements: str) -> None:
        """Execute statements in one transaction."""
        with self.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def value(self, query: str) -> Any:
        """The first value that a query finds."""
        with self.engine.connect() as connection:
            return connection.scalar(text(query))

    def tables(self) -> list[str]:
        """The names of the tables that there are."""
        with self.engine.connect() as connection:
            found = connection.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            )
            return sorted(set(found) - {_REVISION_TABLE})

    def rows(self) -> Rows:
        """Every row of every table, in an order that does not depend on when it was written."""
        with self.engine.connect() as connection:
            return {
                name: sorted(
                    (dict(row) for row in connection.execute(_all_of(name)).mappings()), key=str
                )
                for name in self.tables()
            }

    def database(self) -> Database:
        """The database as the product works with it, for a schema that is at `head`."""
        keys = text_keys()
        with Session(self.engine) as session, session.begin():
            keys.prepare(session, has_texts=False)
        return Database(
            text_keys=keys,
            write=lambda: Session(self.engine, expire_on_commit=False),
            read=lambda: Session(self.engine, expire_on_commit=False),
        )


@contextmanager
def scratch_database(
    engine: Engine, name: str, *, template: str = "template1"
) -> Iterator[Scratch]:
    """A database of the tests' server, a copy of another one; it is dropped at the end.

    The server's superuser makes it and works in it: the application's role may not.
    """
    mighty = as_superuser(engine)
    with mighty.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        try:
            yield Scratch(create_engine(mighty.url.set(database=name), poolclass=NullPool))
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def only(rows: Rows, shape: Rows) -> Rows:
    """Of some rows those tables and columns that others have: what an older schema can hold.

    shape: what has the columns; tables of it that hold no row are left out.
    """
    return {
        name: sorted(({key: row[key] for key in others[0]} for row in rows[name]), key=str)
        for name, others in shape.items()
        if others
    }


def _all_of(table: str) -> Any:
    return text(f"SELECT * FROM {table}")
