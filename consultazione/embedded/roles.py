"""The product's roles as child processes: web, dispatcher and workers."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from consultazione.config import ROOT
from consultazione.embedded.launch import Launch
from consultazione.embedded.process import alive, finish

# The secrets of each role beside its own addresses of database and Valkey.
ROLE_SECRETS: Mapping[str, Sequence[str]] = {
    "web": (
        "SECRET_KEY",
        "EARLIER_SECRET_KEYS",
        "POLL_KEYS_URL",
        "OPERATIONS_TOKEN",
        "OIDC_DISCOVERY_URL",
        "OIDC_CLIENT_ID",
        "OIDC_CLIENT_SECRET",
        "TRANSLATION_API_KEY",
    ),
    "dispatcher": ("POLL_KEYS_URL",),
    "worker": ("SEAL_PASSPHRASE", "SMTP_URL"),
}
OWNER_VARIABLE = "CONSULTAZIONE_UP"
STOP_SECONDS = 10.0


class Role:
    """A child process ``python -m consultazione ...`` with its own log file."""

    def __init__(self, name: str, command: str, environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self._launch = Launch(
            command=[sys.executable, "-m", "consultazione", *command.split()],
            log=log,
            death_signal=signal.SIGTERM,
            environment=environment,
            directory=ROOT,
        )

    def start(self) -> None:
        """Start the child without waiting for it."""
        self.process = self._launch.start()

    def request_stop(self) -> None:
        """Ask the child to end, without waiting, so that several can end together."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Wait for the child to end, and kill it if it takes longer than STOP_SECONDS."""
        if self.process:
            finish(self.process, seconds=STOP_SECONDS)
            self.process = None


class Receiver(Role):
    """The role that receives the write-ahead log: as a server it ends after those who write."""

    def stop(self) -> None:
        """Ask the child to end and wait for it, as a server's `stop` does."""
        self.request_stop()
        super().stop()


def descendants_of(data_dir: Path) -> list[psutil.Process]:
    """The living processes that an ``up`` over `data_dir` started, at any depth.

    A variable in their environment identifies them; it survives an exec and their parent.
    """
    return [p for p in psutil.process_iter() if _owner(p) == str(data_dir) and alive(p)]


def _owner(process: psutil.Process) -> str | None:
    with contextlib.suppress(psutil.Error, OSError):
        return process.environ().get(OWNER_VARIABLE)
    return None
