"""Nothing can be written: the disk is full, or may not be written to. That is no fault of an act.

PostgreSQL refuses the statement and undoes its transaction, the operating system refuses the
file; both work again once there is room. (errcodes appendix of PostgreSQL; errno(3).)
"""

from __future__ import annotations

import errno
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


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
