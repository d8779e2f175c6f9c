"""Directories, sockets and locks of the embedded servers."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import IO

from consultazione.embedded.account import Account
from consultazione.embedded.errors import CannotStart

LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432.lock")


class DirectoryLock:
    """Ensures that a data directory has one owner, until its process ends.

    The kernel drops the lock with the process, so a killed owner leaves nothing to clean up.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    @property
    def held(self) -> bool:
        """True between acquire and release."""
        return self._file is not None

    def acquire(self) -> None:
        """Take the lock; CannotStart, naming the process that holds it, if it is taken.

        Idempotent.
        """
        if self._file:
            return
        file = self._open()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise CannotStart(
                f"{self.path.parent} is already in use by process {holder}: "
                "stop it, or choose another directory with DATA_DIR."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Release the lock. Idempotent."""
        if self._file:
            self._file.close()
            self._file = None

    def _open(self) -> IO[str]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self.path.open("a+")
        except OSError as error:
            raise CannotStart(
                f"{self.path.parent} cannot be written ({error.strerror}): "
                "choose another directory with DATA_DIR."
            ) from None


def private_directory(path: Path, account: Account | None) -> Path:
    """Create `path` for this account only (mode 0700), and return it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"{path} cannot be made: {error.strerror}.") from None
    if account:
        account.owns(path)
    return path


def socket_directory(data_dir: Path, account: Account | None) -> Path:
    """A short private directory for the sockets of `data_dir`, the same at every start.

    A UNIX socket's path has at most 107 bytes, and a deep checkout would exceed them. Raises
    CannotStart if somebody else has created something in its place.
    """
    path = _socket_path(data_dir)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        _refuse_foreign(path, account)
    if account:
        account.owns(path)
    return path


def remove_socket_directory(data_dir: Path) -> None:
    """Remove the socket directory, unless it is in use. Idempotent."""
    with contextlib.suppress(OSError):
        _socket_path(data_dir).rmdir()


def _socket_path(data_dir: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]
    return _short_temporary_directory() / f"consultazione-{digest}"


def _short_temporary_directory() -> Path:
    chosen = Path(tempfile.gettempdir())
    room = LONGEST_SOCKET_PATH - LONGEST_SOCKET_NAME - len("/consultazione-") - 12
    return chosen if len(os.fsencode(chosen)) <= room else Path("/tmp")


def _refuse_foreign(path: Path, account: Account | None) -> None:
    status = path.lstat()
    owners = {os.geteuid(), account.uid if account else os.geteuid()}
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    if not private or status.st_uid not in owners:
        raise CannotStart(f"{path} is not a private directory of ours: remove it, then try again.")
