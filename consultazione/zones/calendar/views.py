"""The calendar of a cycle: its page, and as iCalendar for cycle, zone and table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from flask import Response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.sittings.calendar_entries import entries_of_sittings
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import (
    get_sitting,
    sittings_after,
    table_sittings,
)
from consultazione.tables.queries import table_by_slug, tables
from consultazione.web.current_zone import (
    IN_CYCLE,
    IN_ZONE,
    Cycle,
    current_cycle,
    current_place,
    current_zone,
)
from consultazione.web.files.followed import followed
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much
from consultazione.zones.blueprint import pages
from consultazione.zones.calendar.changes import deadline_changes, gathering_changes
from consultazione.zones.calendar.entries import Entry, in_order, of_gathering, of_phases
from consultazione.zones.calendar.ics import MEDIA_TYPE, last_change, to_ics
from consultazione.zones.gatherings.queries import gatherings
from consultazione.zones.labels import GATHERING_KINDS
from consultazione.zones.models import Phase
from consultazione.zones.queries import phases

# More than a zone holds in the years of a plan.
_MOST = 2000


@pages.get(f"{IN_CYCLE}/calendario")
@reads_much()
def calendar() -> str:
    """What is still to come, the soonest first, and what has been, the latest first."""
    cycle, today = current_cycle(), clock.today()
    entries = cycle_entries(cycle, phases(snapshot(), cycle.id))
    return render_template(
        "zones/calendar.html",
        coming=[entry for entry in entries if entry.day >= today],
        past=[entry for entry in reversed(entries) if entry.day < today],
        tables=tables(snapshot(), cycle.id),
        today=today,
    )


@pages.get(f"{IN_CYCLE}/calendario.ics")
@reads_much()
def cycle_ics() -> Response:
    """The calendar of this cycle."""
    cycle = current_cycle()
    entries = cycle_entries(cycle, phases(snapshot(), cycle.id))
    return _sent(f"{cycle.zone.name} {cycle.years}", entries)


@pages.get("/calendario.ics", endpoint="first_zone_ics")
@pages.get(f"{IN_CYCLE}/calendario-zona.ics", endpoint="zone_ics_of_before")
@pages.get(f"{IN_ZONE}/calendario.ics")
@reads_much()
def zone_ics() -> Response:
    """The calendar of all cycles of the zone: who follows it needs no other address later.

    Where no zone is named, the first one's.
    """
    found = (cycle_entries(cycle, phases(snapshot(), cycle.id)) for cycle in current_place().cycles)
    return _sent(current_zone().name, in_order(chain.from_iterable(found)))


@pages.get("/sedute/<int:sitting_id>/calendario.ics")
@reads_much()
def sitting_ics(sitting_id: int) -> Response:
    """One sitting, for who wants no more than that in their calendar; no rehearsal."""
    sitting = get_sitting(snapshot(), sitting_id)
    if sitting.rehearses is not None:
        raise NotFound(_("A rehearsal stands in no calendar."))
    return _sent(sitting.title, _of_sittings([sitting]))


@pages.get(f"{IN_CYCLE}/tavoli/<slug>/calendario.ics")
@reads_much()
def table_ics(slug: str) -> Response:
    """The sittings of one table."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    held = _of_sittings(table_sittings(snapshot(), table.id, limit=_MOST))
    return _sent(table.name, in_order(held))


def cycle_entries(cycle: Cycle, its_phases: Iterable[Phase]) -> list[Entry]:
    """The public days of a cycle: sittings, gatherings, and the last days of its phases."""
    session = snapshot()
    path = url_for("zones.path", zone=cycle.zone.slug, cycle=cycle.years, _external=True)
    return in_order(
        [
            *_of_sittings(sittings_after(session, cycle.id, after=0, limit=_MOST)),
            *_gatherings(session, cycle),
            *of_phases(
                its_phases,
                kind=_("Last day of the phase"),
                address=path,
                changed=deadline_changes(session, cycle.zone.id),
            ),
        ]
    )


def _of_sittings(sittings: Iterable[Sitting]) -> list[Entry]:
    return entries_of_sittings(snapshot(), sittings, _page_of_sitting)


def _page_of_sitting(sitting_id: int) -> str:
    return url_for("sittings.show", sitting_id=sitting_id, _external=True)


def _gatherings(session: Session, cycle: Cycle) -> Iterator[Entry]:
    changed = gathering_changes(session, cycle.zone.id)
    for one in gatherings(session, cycle.id):
        yield of_gathering(
            one,
            kind=GATHERING_KINDS[one.kind],
            address=url_for("zones.gathering", gathering_id=one.id, _external=True),
            changed=changed.get(one.id),
        )


def _sent(name: str, entries: Iterable[Entry]) -> Response:
    zone = current_zone().slug
    pairs = [(zone, entry) for entry in entries]
    answer = followed(to_ics(name, pairs), MEDIA_TYPE, last_change(pairs))
    answer.headers["Content-Disposition"] = "inline; filename=calendario.ics"
    return answer
