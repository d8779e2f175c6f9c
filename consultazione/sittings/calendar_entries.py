"""Sittings as lines of a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import last_changes
from consultazione.zones.calendar.entries import Entry


def entries_of_sittings(
    session: Session, sittings: Iterable[Sitting], address: Callable[[int], str]
) -> list[Entry]:
    """The lines of sittings; rehearsals are not among those that queries return.

    address: of the page of a sitting, by its id.
    """
    found = list(sittings)
    changed = last_changes(session, [sitting.id for sitting in found])
    return [_entry(sitting, changed.get(sitting.id), address(sitting.id)) for sitting in found]


def _entry(sitting: Sitting, changed: datetime | None, address: str) -> Entry:
    return Entry(
        uid=f"sitting-{sitting.id}",
        kind=_("Sitting"),
        title=sitting.title,
        starts=sitting.starts_at,
        place=sitting.place,
        address=address,
        called_off=sitting.state is SittingState.CANCELLED,
        revision=sitting.revision,
        changed=sitting.cancelled_at or changed or sitting.convened_at,
        demo=sitting.demo,
    )
