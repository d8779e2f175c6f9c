"""A list of notices as its page has it: by day, and within a day by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from consultazione.core.clock import in_rome
from consultazione.notices.composing import Shown
from consultazione.notices.told import Told


@dataclass
class Thing:
    """What happened to one thing in a day, newest first. told: the newest; None if unreadable."""

    told: Told | None
    lines: list[Shown] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """True if some of it is unread."""
        return any(line.notice.read_at is None for line in self.lines)


@dataclass
class Day:
    """A day in Italy, and what happened to which things."""

    day: date
    things: dict[str, Thing] = field(default_factory=dict)


def by_day(shown: Iterable[Shown]) -> list[Day]:
    """Notices, newest first, as days with their things; what may not be read stands together."""
    days: dict[date, Day] = {}
    for one in shown:
        day = in_rome(one.notice.made_at).date()
        things = days.setdefault(day, Day(day)).things
        about = one.told.about if one.told else ""
        things.setdefault(about, Thing(one.told)).lines.append(one)
    return list(days.values())
