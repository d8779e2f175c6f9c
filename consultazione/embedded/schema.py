"""Migrating the schema from a terminal."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import OperationalError

from consultazione.core.migrate import upgrade
from consultazione.core.text_keys import TextKeysUnavailable
from consultazione.embedded.errors import CannotStart


def migrate(database_url: str, secrets_dir: Path) -> None:
    """Apply the missing migrations, and make the keys of texts if there are none yet.

    CannotStart if the database does not answer, or if the keys of its texts are missing.
    """
    try:
        upgrade(database_url, secrets_dir)
    except TextKeysUnavailable as error:
        raise CannotStart(str(error)) from None
    except OperationalError as error:
        reason = str(error.orig).strip().replace("\n", " ")
        raise CannotStart(f"The database does not answer: {reason}") from None
