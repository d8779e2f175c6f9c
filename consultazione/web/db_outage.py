"""A store is away or takes too long: that is no fault, and one line of the log tells of it."""

from __future__ import annotations

import time

import structlog
from flask import has_request_context, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

from consultazione.core.db_limits import ended_by
from consultazione.core.durable import shortage
from consultazione.core.keys import KeysAway
from consultazione.core.text_keys import TextKeysUnavailable

# Thousands may ask meanwhile; each of them would else write a line.
_SAID_EVERY = 10.0
# No server, none any more, no connection free in time; a deadlock or a time-out; no keys.
_AWAY = (OperationalError, InterfaceError, TimeoutError, KeysAway, TextKeysUnavailable)
_log = structlog.get_logger()
_said: dict[str, float] = {}


def is_away(error: BaseException) -> bool:
    """True if what failed succeeds once a store answers, or has time, or has room."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, _AWAY) or shortage(error) is not None


def note_away(error: BaseException, where: str = "") -> None:
    """Write one line of it, and none of those that follow in the next seconds.

    where: what was asked for, the request's endpoint if empty. What one of our limits ended is
    told apart, for each endpoint: the database is there, and works for others. So is a disk that
    takes nothing.
    """
    limit, now, short = ended_by(error), time.monotonic(), shortage(error)
    where = where or _endpoint()
    about = f"{limit}:{where}" if limit else str(short or "")
    if about in _said and now - _said[about] <= _SAID_EVERY:
        return
    _said[about] = now
    if limit:
        _log.warning("database limit", limit=limit, endpoint=where)
    elif short:
        _log.error("nothing can be written", why=str(short), endpoint=where)
    else:
        _log.error("database away", reason=type(error).__name__)


def _endpoint() -> str:
    return (request.endpoint or "unknown") if has_request_context() else "unknown"
