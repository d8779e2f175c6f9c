"""How each person attended a sitting: in the hall, over the net, or both."""

from __future__ import annotations

from collections.abc import Iterable

from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import AttendanceRow, Mode
from consultazione.sittings.attendance.events import CheckedIn, Entered

_IN_HALL, _ONLINE, _BOTH = "in presenza", "a distanza", "in presenza e a distanza"


def hall_of(facts: SittingFacts) -> set[int]:
    """The ids of the attendances that were registered in the hall, at the desk or by its code."""
    return {event.attendance_id for _, event in facts.each(CheckedIn)}


def how_each_came(facts: SittingFacts) -> dict[tuple[int, int | None], str]:
    """By person and mandate: in the hall, over the net, or both, as the minutes say it."""
    hall = hall_of(facts)
    came: dict[tuple[int, int | None], set[bool]] = {}
    for _, event in facts.each(Entered):
        key = event.person_id, event.mandate_id
        came.setdefault(key, set()).add(event.attendance_id in hall)
    return {key: _named(ways) for key, ways in came.items()}


def mode_of(rows: Iterable[AttendanceRow]) -> Mode:
    """How the sitting was held, from its register: in the hall, over the net, or mixed."""
    ways = [row["how"] for row in rows if "how" in row]
    hall = sum(way != _ONLINE for way in ways)
    online = len(ways) - hall
    if hall and online:
        sentence = f"In modalità mista: {hall} in presenza, {online} a distanza."
    elif hall:
        sentence = "In presenza."
    else:
        sentence = "A distanza, dalla stanza della seduta."
    return {"hall": hall, "online": online, "sentence": sentence}


def _named(ways: set[bool]) -> str:
    if ways == {True}:
        return _IN_HALL
    return _ONLINE if ways == {False} else _BOTH
