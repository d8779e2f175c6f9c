"""Bring a database's schema to the present version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, NullPool, create_engine, exists, select, text, update
from sqlalchemy.orm import Session

from consultazione.core import rights
from consultazione.core.log import TextRow
from consultazione.core.text_keys import TextKeys, TextKeyState

# The statistics of a column hold some of its values.
_ONCE_IN_CLEAR = ("log_text", "comment", "pg_statistic")
_SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


class MigrationRefused(RuntimeError):
    """The data admits no migration as it stands; the message is one line with the remedy."""


def upgrade(database_url: str, secrets_dir: Path, application: str | None = None) -> None:
    """Apply every migration that the database lacks, in one transaction. Idempotent.

    database_url: with the role that shall own the tables. secrets_dir: where the keys of texts
    stand; they are made if the database has no texts yet. application: the role that gets the
    rights of `core.rights`, in the same transaction; None if it is the owner itself.
    TextKeysUnavailable if the database has texts whose keys are not there.

    An advisory lock makes processes that start together migrate one after the other.
    """
    config = _config(database_url, secrets_dir)
    config.attributes["application"] = application
    command.upgrade(config, "head")
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as connection, Session(connection) as session:
        has_texts = session.scalar(select(exists().where(TextRow.sealed.is_not(None))))
        TextKeys(secrets_dir).prepare(session, has_texts=bool(has_texts))
        clear_copies = session.scalar(select(TextKeyState.clear_copies))
    if clear_copies:
        _remove_clear_copies(engine)


def _remove_clear_copies(engine: Engine) -> None:
    """Write the tables anew that held texts in clear: their old pages and statistics go.

    Needs a moment in which nobody reads them. Outside of a transaction, as VACUUM must be; what
    the write-ahead log still holds goes as PostgreSQL reuses it.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in _ONCE_IN_CLEAR:
            connection.execute(text(f"VACUUM (FULL, ANALYZE) {table}"))
        connection.execute(update(TextKeyState).values(clear_copies=False))


def is_too_mighty(database_url: str) -> bool:
    """True if the application's role could change the log, as its owner or a superuser."""
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        return rights.is_too_mighty(connection)


def is_current(session: Session) -> bool:
    """True if no migration is missing."""
    applied = MigrationContext.configure(session.connection()).get_current_revision()
    return applied == ScriptDirectory.from_config(_config("")).get_current_head()


def _config(database_url: str, secrets_dir: Path | None = None) -> Config:
    config = Config()
    config.attributes["secrets_dir"] = secrets_dir
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["database_url"] = database_url
    return config
