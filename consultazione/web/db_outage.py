"""The database is away for a moment: that is no fault, and one line of the log tells of it."""

from __future__ import annotations

import time

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

# Thousands may ask meanwhile; each of them would else write a line.
_SAID_EVERY = 10.0
# No server, none any more, no connection free in time; a deadlock or a time-out.
_AWAY = (OperationalError, InterfaceError, TimeoutError)
_log = structlog.get_logger()
_said: list[float] = []


def is_away(error: BaseException) -> bool:
    """True if what failed succeeds once the database answers, or has time."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, _AWAY)


def note_away(error: BaseException) -> None:
    """Write one line of it, and none of those that follow in the next seconds."""
    now = time.monotonic()
    if not _said or now - _said[0] > _SAID_EVERY:
        _said[:] = [now]
        _log.error("database away", reason=type(error).__name__)
