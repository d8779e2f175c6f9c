"""The calendar of a cycle: its page, and as iCalendar for cycle, zone and table."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import sittings_after, table_sittings
from consultazione.tables.queries import table_by_slug, tables
from consultazione.web.current_zone import (
    IN_CYCLE,
    Cycle,
    current_cycle,
    current_place,
    current_zone,
)
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much
from consultazione.zones.blueprint import pages
from consultazione.zones.calendar.entries import Entry, in_order, of_gathering, of_phases
from consultazione.zones.calendar.ics import MEDIA_TYPE, to_ics
from consultazione.zones.gatherings.models import Gathering
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


@pages.get(f"{IN_CYCLE}/calendario-zona.ics")
@reads_much()
def zone_ics() -> Response:
    """The calendar of all cycles of the zone: who follows it needs no other address later."""
    found = (cycle_entries(cycle, phases(snapshot(), cycle.id)) for cycle in current_place().cycles)
    return _sent(current_zone().name, in_order(chain.from_iterable(found)))


@pages.get(f"{IN_CYCLE}/tavoli/<slug>/calendario.ics")
@reads_much()
def table_ics(slug: str) -> Response:
    """The sittings of one table."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    held = of_sittings(table_sittings(snapshot(), table.id, limit=_MOST))
    return _sent(table.name, in_order(held))


def cycle_entries(cycle: Cycle, its_phases: Iterable[Phase]) -> list[Entry]:
    """The public days of a cycle: sittings, gatherings, and the last days of its phases."""
    session = snapshot()
    path = url_for("zones.path", zone=cycle.zone.slug, cycle=cycle.years, _external=True)
    return in_order(
        [
            *of_sittings(sittings_after(session, cycle.id, after=0, limit=_MOST)),
            *map(_gathering, gatherings(session, cycle.id)),
            *of_phases(its_phases, kind=_("Last day of the phase"), address=path),
        ]
    )


def of_sittings(sittings: Iterable[Sitting]) -> list[Entry]:
    """The lines of sittings; rehearsals are not among those that queries return."""
    return [
        Entry(
            uid=f"sitting-{sitting.id}",
            kind=_("Sitting"),
            title=sitting.title,
            starts=sitting.starts_at,
            place=sitting.place,
            address=url_for("sittings.show", sitting_id=sitting.id, _external=True),
            called_off=sitting.state is SittingState.CANCELLED,
            revision=sitting.revision,
            demo=sitting.demo,
        )
        for sitting in sittings
    ]


def _gathering(gathering: Gathering) -> Entry:
    address = url_for("zones.gathering", gathering_id=gathering.id, _external=True)
    return of_gathering(gathering, kind=GATHERING_KINDS[gathering.kind], address=address)


def _sent(name: str, entries: Iterable[Entry]) -> Response:
    written = to_ics(name, current_zone().slug, entries, clock.now())
    response = Response(written, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = "inline; filename=calendario.ics"
    return response
