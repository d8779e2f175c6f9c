"""The database that ``consultazione up`` runs here, for a command typed beside it."""

from __future__ import annotations

from dataclasses import replace

from consultazione.config import Settings
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.process import servers_in


def with_running_database(settings: Settings) -> Settings:
    """The settings with the address of the database that runs over DATA_DIR.

    They come back as they are when DATABASE_URL is set, and when nothing runs there.
    """
    place = settings.data_dir / "postgres"
    if settings.database_url or not servers_in(place, Postgres.program):
        return settings
    return replace(settings, database_url=Postgres(place).url)
