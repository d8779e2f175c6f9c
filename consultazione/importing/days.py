"""When a thing of a zone's file happened: the file has days, the log has moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from consultazione.core import clock
from consultazione.core.db import Transaction

_MORNING = time(9)


def day_of(day: date | None, days_ago: int | None) -> date:
    """The day of a past thing, which a file gives as a day or as days before today."""
    return day or clock.today() - timedelta(days=days_ago or 0)


def morning_of(tx: Transaction, day: date | None) -> datetime:
    """Nine o'clock in Rome on a day, but nothing that is to come: then, and without a day, now."""
    return min(clock.at_rome(day, _MORNING), tx.now) if day else tx.now
