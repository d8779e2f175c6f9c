"""Files that a power cut leaves whole, the old one or the new one; and why none can be written.

A full disk, or one that may not be written to, is no fault of an act: PostgreSQL refuses the
statement and undoes its transaction, the operating system refuses the file, and both work again
once there is room. (errcodes appendix of PostgreSQL; errno(3).)
"""

from __future__ import annotations

import errno
import os
from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import DBAPIError


def replace_durably(path: Path, content: str | bytes, *, mode: int = 0o666) -> None:
    """Put a text, in UTF-8, or bytes in the place of a file, as a whole; on return on the disk.

    mode: who may read and write it, less what the process's umask takes away. Whoever may call it
    twice at a time in one process keeps a lock. OSError if it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    synchronise(path.parent)


def synchronise(directory: Path) -> None:
    """Bring to the disk which files a directory has."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Shortage(StrEnum):
    """Why nothing can be written."""

    FULL = "disk full"
    READ_ONLY = "read only"


_SQLSTATES = {
    "53100": Shortage.FULL,  # disk_full
    "25006": Shortage.READ_ONLY,  # read_only_sql_transaction: a stand-by, or a server set so
}
_ERRORS = {
    errno.ENOSPC: Shortage.FULL,
    errno.EDQUOT: Shortage.FULL,
    errno.EROFS: Shortage.READ_ONLY,
}


def shortage(error: BaseException | None) -> Shortage | None:
    """Why nothing could be written, if that is what failed, here or in what led to it."""
    while error is not None:
        if found := _of(error):
            return found
        error = error.__cause__
    return None


def _of(error: BaseException) -> Shortage | None:
    if isinstance(error, DBAPIError):
        return _SQLSTATES.get(getattr(error.orig, "sqlstate", None) or "")
    if isinstance(error, OSError):
        return _ERRORS.get(error.errno or 0)
    return None
