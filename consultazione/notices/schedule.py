"""When what waits is mailed: at once, each day at seven, or each Monday at seven, in Italy.

Nothing says when a digest was made last. What was written before the last such moment and waits
still is due, however long nobody looked: so a digest that was missed is made up for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from consultazione.core.clock import at_rome, in_rome
from consultazione.notices.models import Channel

_HOUR = time(7)
_MONDAY = 0


def due_before(now: datetime) -> Iterator[tuple[Channel, datetime]]:
    """For each channel by mail the moment up to which what was written is due."""
    daily = _last(now)
    weekly = daily
    while in_rome(weekly).weekday() != _MONDAY:
        weekly = at_rome(in_rome(weekly).date() - timedelta(days=1), _HOUR)
    yield Channel.AT_ONCE, now + timedelta(microseconds=1)
    yield Channel.DAILY, daily
    yield Channel.WEEKLY, weekly


def _last(now: datetime) -> datetime:
    today = in_rome(now).date()
    at_seven = at_rome(today, _HOUR)
    return at_seven if at_seven <= now else at_rome(today - timedelta(days=1), _HOUR)
