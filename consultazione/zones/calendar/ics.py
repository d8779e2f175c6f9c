"""A calendar as other programs read it: iCalendar (RFC 5545), with the clock of Rome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import icalendar

from consultazione.core import clock
from consultazione.zones.calendar.entries import Entry

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//consultazione//calendario//IT"
# How long a meeting is where nobody said when it ends: calendars draw nothing otherwise.
_USUAL = timedelta(hours=2)
# How often programs that follow the address may ask again (RFC 7986, 5.7).
_REFRESH = timedelta(hours=6)


def to_ics(name: str, place: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """The bytes of a calendar of that name.

    place: a word that stays the same and ends the uids, so that those of two zones differ. The
    site's host is none: it may change, and programs would then show everything twice.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, place, now))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, place: str, now: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.uid}@{place}.consultazione")
    event.add("dtstamp", now)
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
