"""Refuses to start with a server's key that this installation does not know."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError, ProgrammingError

from consultazione.bad_setting import BadSetting
from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.keys.installation import recognise_key

_STRANGE = (
    "SECRET_KEY is not the key that this installation was last started with: set it to that one "
    "again, or, to change it, list that one in EARLIER_SECRET_KEYS."
)


def require_known_key(settings: Settings, database: Database | None = None) -> None:
    """Compare the key with its fingerprint in the database; the first start stores that.

    database: opened from the settings if None. BadSetting with the remedy for another key, and
    if the schema is not up to date. A database that is away proves nothing: the web serves no
    page without it, and every later start asks again.
    """
    secret, earlier = settings.require_secret_key(), settings.earlier_secret_keys
    database = database or open_database(settings.require_database_url(), pool_size=1)
    try:
        with database.transaction(SYSTEM) as tx:
            is_known = recognise_key(tx, secret, earlier)
    except ProgrammingError:
        raise BadSetting("The schema is not up to date: run 'consultazione migrate'.") from None
    except OperationalError:
        return
    if not is_known:
        raise BadSetting(_STRANGE)
