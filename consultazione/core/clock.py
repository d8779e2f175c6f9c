"""The one source of time: an aware UTC moment for storage, Europe/Rome for people."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


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
