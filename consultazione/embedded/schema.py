"""Migrating the schema from a terminal."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from consultazione.core.migrate import upgrade
from consultazione.embedded.errors import CannotStart


def migrate(database_url: str) -> None:
    """Apply the missing migrations; CannotStart if the database does not answer."""
    try:
        upgrade(database_url)
    except OperationalError as error:
        reason = str(error.orig).strip().replace("\n", " ")
        raise CannotStart(f"The database does not answer: {reason}") from None
