"""The home page of the installation, and that of a cycle."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.home.blueprint import pages
from consultazione.home.streams import streams_of
from consultazione.home.to_do_views import to_do
from consultazione.plan.fates import fates
from consultazione.proposals.queries import count_proposals
from consultazione.proposals.search import Filter, find_proposals
from consultazione.setup.first_start import has_installer
from consultazione.sittings.queries import coming_sittings
from consultazione.tables.events import table_stream
from consultazione.tables.labels import TABLE_KINDS
from consultazione.tables.queries import tables
from consultazione.web.current_zone import IN_CYCLE, IN_ZONE, current_cycle, current_place
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, snapshot
from consultazione.zones.event_sentences import NOTABLE
from consultazione.zones.events import zone_stream
from consultazione.zones.labels import TERRITORY_KINDS, ZONE_KINDS
from consultazione.zones.public_log import newest_entries
from consultazione.zones.queries import phases, territories, zones_with_cycles


@pages.get("/")
def index() -> ResponseReturnValue:
    """The zones of this installation.

    The only zone leads on to its page: a page has one address, which others can note before a
    second zone is there. Before the first, it says how to set one up.
    """
    try:
        is_only = current_place().is_only
    except NotFound:
        return render_template("setup/welcome.html", has_installer=has_installer(snapshot()))
    if is_only:
        return redirect(url_for("home.show"))
    zones = zones_with_cycles(snapshot())
    return render_template(
        "home/zones.html",
        alone=[listed for listed in zones.items() if listed[0].territory_id is None],
        territories={
            territory: [
                listed for listed in zones.items() if listed[0].territory_id == territory.id
            ]
            for territory in territories(snapshot())
        },
        kinds=ZONE_KINDS,
        territory_kinds=TERRITORY_KINDS,
    )


@pages.get(f"{IN_ZONE}/")
def current() -> ResponseReturnValue:
    """The way to the cycle in which the zone plans now."""
    return redirect(url_for("home.show"))


@pages.get(f"{IN_CYCLE}/")
def show() -> str:
    """What the site is for, where the path stands, what to do next, what is new."""
    cycle, session, today = current_cycle(), snapshot(), clock.today()
    places, is_past = tables(session, cycle.id), current_place().is_past
    page_follows(zone_stream(cycle.zone.id), *(table_stream(table.id) for table in places))
    proposals = find_proposals(session, Filter(cycle_id=cycle.id), limit=3)
    return render_template(
        "home/show.html",
        awaiting=to_do(session, cycle, places, actor()),
        going_on=[phase for phase in phases(session, cycle.id) if phase.is_current(today)],
        today=today,
        sittings=coming_sittings(session, cycle.id)[:3],
        proposals=proposals,
        fates=fates(session, [listed.proposal for listed in proposals]),
        tables=places,
        kinds=TABLE_KINDS,
        counts=count_proposals(session, [table.id for table in places]),
        latest=newest_entries(
            session, NOTABLE, limit=6, streams=streams_of(cycle.id, with_zone=not is_past)
        ),
        names={table.id: table.name for table in places},
    )
