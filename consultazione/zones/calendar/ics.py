"""A calendar as other programs read it: iCalendar (RFC 5545), with the clock of Rome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import icalendar

from consultazione.core import clock
from consultazione.zones.calendar.entries import Entry

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//consultazione//calendario//IT"
# How long a meeting is where nobody said when it ends: calendars draw nothing otherwise.
_USUAL = timedelta(hours=2)
# Stands for a change of which nothing says when it was.
_LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)
# How often programs that follow the address may ask again (RFC 7986, 5.7).
_REFRESH = timedelta(hours=6)


def to_ics(name: str, entries: Iterable[tuple[str, Entry]]) -> bytes:
    """The bytes of a calendar of that name: the same as long as its entries are.

    entries: each with the slug of its zone, which ends the uids, so that those of two zones differ
    and those of two calendars do not. The site's host would not do: it may change, and programs
    would then show everything twice. There is no METHOD, so that DTSTAMP is the moment of the last
    change (RFC 5545, 3.8.7.2).
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for zone, entry in entries:
        calendar.add_component(_event(entry, zone))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def last_change(entries: Iterable[tuple[str, Entry]]) -> datetime | None:
    """The newest change among the lines of a calendar; None if none is known."""
    return max((entry.changed for _zone, entry in entries if entry.changed), default=None)


def _event(entry: Entry, zone: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.uid}@{zone}.consultazione")
    event.add("dtstamp", entry.changed or _LONG_AGO)
    if entry.changed:
        event.add("last-modified", entry.changed)
    event.add("sequence", entry.revision)
    event.add("summary", f"{entry.kind}: {entry.title}")
    event.add("url", entry.address)
    event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    for name, value in _interval(entry):
        event.add(name, value)
    return event


def _interval(entry: Entry) -> list[tuple[str, datetime | date]]:
    if entry.hour is None:
        return [("dtstart", entry.day), ("dtend", entry.day + timedelta(days=1))]
    ends = entry.ends or entry.hour + _USUAL
    return [("dtstart", clock.in_rome(entry.hour)), ("dtend", clock.in_rome(ends))]
