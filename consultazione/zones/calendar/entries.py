"""What stands in a calendar: sittings, gatherings, and the last days of phases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from consultazione.core import clock
from consultazione.zones.gatherings.models import Gathering
from consultazione.zones.models import Act, Phase


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the calendar.

    uid: stays the same for ever, whatever changes. starts: a moment, or a whole day. kind: what
    it is, for readers. address: of its page on this site. revision: how often it was changed;
    changed: when that was last, or when it was announced, if known.
    """

    uid: str
    kind: object
    title: str
    starts: datetime | date
    address: str
    ends: datetime | None = None
    place: str = ""
    called_off: bool = False
    revision: int = 0
    changed: datetime | None = None
    demo: bool = False

    @property
    def day(self) -> date:
        """Its day on Italian calendars."""
        if isinstance(self.starts, datetime):
            return clock.in_rome(self.starts).date()
        return self.starts

    @property
    def hour(self) -> datetime | None:
        """When it begins on that day; None for a whole day."""
        return self.starts if isinstance(self.starts, datetime) else None


def of_gathering(
    gathering: Gathering, *, kind: object, address: str, changed: datetime | None = None
) -> Entry:
    """The line of a conference, a seminar or an assembly."""
    return Entry(
        uid=f"gathering-{gathering.id}",
        kind=kind,
        title=gathering.title,
        starts=gathering.starts_at,
        ends=gathering.ends_at,
        place=gathering.place,
        address=address,
        called_off=gathering.called_off_at is not None,
        revision=gathering.revision,
        changed=changed,
        demo=gathering.demo,
    )


def of_phases(
    phases: Iterable[Phase],
    *,
    kind: object,
    address: str,
    changed: Mapping[int, datetime] = MappingProxyType({}),
) -> list[Entry]:
    """The last days of those phases that have one. changed: when it was set, by phase."""
    return [
        Entry(
            uid=f"phase-{phase.id}-deadline",
            kind=kind,
            title=phase.title,
            starts=phase.due_on,
            address=address,
            changed=changed.get(phase.id),
            demo=phase.demo,
        )
        for phase in phases
        if phase.due_on is not None
    ]


def of_act(act: Act, *, kind: object, address: str) -> Entry:
    """The day of a formal act: for the story of the path, not for calendars."""
    return Entry(
        uid=f"act-{act.id}",
        kind=kind,
        title=act.title,
        starts=act.on_day,
        place=act.body,
        address=address,
        demo=act.demo,
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The lines by day; within one, whole days first, then by the hour."""
    return sorted(entries, key=_when)


def _when(entry: Entry) -> tuple[date, float, str]:
    return entry.day, entry.hour.timestamp() if entry.hour else 0.0, entry.uid
