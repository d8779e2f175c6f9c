"""What the two servers share: one owner of a data directory, start and clean stop."""

from __future__ import annotations

import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from consultazione.embedded.account import account_for
from consultazione.embedded.errors import CannotStart
from consultazione.embedded.launch import Launch
from consultazione.embedded.paths import DirectoryLock, remove_socket_directory, socket_directory
from consultazione.embedded.process import complaint, end, servers_in, stop, wait_until

READY_SECONDS = 60.0
STOP_SECONDS = 15.0


class Server(ABC):
    """Starts, stops and replaces a server over a data directory.

    Its log and its lock are files beside that directory. Every method may raise CannotStart.
    """

    name: ClassVar[str]
    program: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, data_dir: Path, socket_dir: Path | None = None) -> None:
        self.data_dir = data_dir.absolute()
        self.account = account_for(self.data_dir)
        self.log = self.data_dir.with_name(f"{self.data_dir.name}.log")
        self.process: subprocess.Popen[bytes] | None = None
        self._socket_dir = socket_dir
        self._lock = DirectoryLock(self.data_dir.with_name(f"{self.data_dir.name}.lock"))

    @property
    def socket_dir(self) -> Path:
        """The directory of the server's socket, created if missing."""
        return self._socket_dir or socket_directory(self.data_dir, self.account)

    @property
    @abstractmethod
    def url(self) -> str:
        """The server's address, for its clients."""

    def start(self) -> None:
        """Start the server and wait until it is ready, replacing an orphan if there is one.

        The first start creates the data directory. After the server's death, this restarts
        it.
        """
        self._lock.acquire()
        try:
            end(servers_in(self.data_dir, self.program), self.stop_signal, seconds=STOP_SECONDS)
            self._prepare()
            self.process = self._launch(self._command())
            self._wait_ready(self.process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server cleanly and release the directory. Idempotent."""
        if self.process:
            stop(self.process, self.stop_signal, seconds=STOP_SECONDS)
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

    @abstractmethod
    def _prepare(self) -> None:
        """Make the data directory ready for a start, or raise CannotStart."""

    @abstractmethod
    def _command(self) -> Sequence[str | Path]:
        """The program and its arguments."""

    @abstractmethod
    def _is_ready(self) -> bool:
        """True if the server answers its clients."""

    def _launch(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        return Launch(
            command=command,
            log=self.log,
            death_signal=self.stop_signal,
            account=self.account,
            reach=(Path(command[0]), self.data_dir),
        ).start()

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> None:
        wait_until(lambda: process.poll() is not None or self._is_ready(), seconds=READY_SECONDS)
        if process.poll() is not None or not self._is_ready():
            raise CannotStart(f"{self.name} did not start: {complaint(self.log)}")
