"""The one source of time: an aware UTC moment for storage, Europe/Rome for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
_STOPPED: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return _STOPPED.get() or datetime.now(UTC)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let the present be a moment inside a `with` block, for what is read as it was then.

    An archive is made so, since equal content has to give equal bytes.
    """
    token = _STOPPED.set(moment)
    try:
        yield
    finally:
        _STOPPED.reset(token)


def today() -> date:
    """The present date in Italy."""
    return now().astimezone(ROME).date()


def in_rome(moment: datetime) -> datetime:
    """The same moment on Italian clocks."""
    return moment.astimezone(ROME)


def from_rome(local: datetime) -> datetime:
    """The UTC moment of a naive time, read as a time in Italy."""
    return local.replace(tzinfo=ROME).astimezone(UTC)


def from_timestamp(seconds: float) -> datetime:
    """The UTC moment that is so many seconds after the start of 1970, as files have it."""
    return datetime.fromtimestamp(seconds, UTC)


def as_json(moment: datetime) -> str:
    """A moment as JSON has it: ISO 8601 in UTC, with its microseconds unless they are none."""
    return moment.astimezone(UTC).isoformat()


def at_rome(day: date, hour: time) -> datetime:
    """The UTC moment of a day and an hour in Italy."""
    return from_rome(datetime.combine(day, hour))
