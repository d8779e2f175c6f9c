"""Migrating the schema from a terminal."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from consultazione.core.migrate import MigrationRefused, is_too_mighty, upgrade
from consultazione.core.text_keys import TextKeysUnavailable
from consultazione.embedded.errors import CannotStart
from consultazione.keys.mail_key import mail_key

_MIGHTY = (
    "Warning: the role in DATABASE_URL can change the log. Give it one that owns nothing, and "
    "the owner's in MIGRATION_DATABASE_URL; see docs/operations.md."
)


def migrate(owner_url: str, application_url: str, secrets_dir: Path) -> str | None:
    """Apply the missing migrations as the owner, and give the application's role its rights.

    The same address twice means that one role is both: then nothing is granted. secrets_dir:
    where the keys of texts and of answers by mail are, and are made if there are none yet. Returns
    a warning if the application's role could change the log, else None. CannotStart if the database
    does not answer, or if the keys of its texts are missing.
    """
    owner, application = make_url(owner_url).username, make_url(application_url).username
    try:
        upgrade(owner_url, secrets_dir, application if application != owner else None)
        mail_key(secrets_dir)  # the roles that sign with it may not write there
        return _MIGHTY if is_too_mighty(application_url) else None
    except (TextKeysUnavailable, MigrationRefused) as error:
        raise CannotStart(str(error)) from None
    except OperationalError as error:
        reason = str(error.orig).strip().replace("\n", " ")
        raise CannotStart(f"The database does not answer: {reason}") from None
