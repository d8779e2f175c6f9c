"""Bring a database's schema to the present version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

_SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(database_url: str) -> None:
    """Apply every migration that the database lacks, in one transaction. Idempotent.

    An advisory lock makes processes that start together migrate one after the other.
    """
    command.upgrade(_config(database_url), "head")


def is_current(session: Session) -> bool:
    """True if no migration is missing."""
    applied = MigrationContext.configure(session.connection()).get_current_revision()
    return applied == ScriptDirectory.from_config(_config("")).get_current_head()


def _config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["database_url"] = database_url
    return config
