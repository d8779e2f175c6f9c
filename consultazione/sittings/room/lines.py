"""What pages without scripts make of a room: days, names, the way to earlier entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from consultazione.core import clock
from consultazione.sittings.room.types import ChronicleLine, RoomSnapshot, ToldRoom


def by_day(lines: Sequence[ChronicleLine]) -> list[tuple[date, list[ChronicleLine]]]:
    """Group lines by the day in Italy on which they happened, in the order given."""
    days = groupby(lines, key=lambda line: clock.in_rome(line["at"]).date())
    return [(day, list(group)) for day, group in days]


def names_of(room: ToldRoom) -> dict[str, str]:
    """Return the names of a room's people, by person id as text."""
    return {person_id: person["name"] for person_id, person in room["people"].items()}


def earlier_than(room: RoomSnapshot) -> int | None:
    """Return the number of the last entry that is too old for a room's chronicle; None if none."""
    return room["chronicle"][0]["number"] - 1 or None if room["chronicle"] else None
