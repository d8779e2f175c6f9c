"""Finds the database of a running ``consultazione up``, for other commands on this machine."""

from __future__ import annotations

from dataclasses import replace

from consultazione.config import Settings
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.process import servers_in


def with_running_database(settings: Settings) -> Settings:
    """The settings, with the addresses of the database that runs over DATA_DIR.

    Unchanged if DATABASE_URL is set, or if no server runs there.
    """
    directory = settings.data_dir / "postgres"
    if settings.database_url or not servers_in(directory, Postgres.program):
        return settings
    server = Postgres(directory)
    return replace(
        settings,
        database_url=server.url,
        migration_database_url=server.owner_url,
        backup_database_url=settings.backup_database_url or server.operator_url,
    )
