"""The home page."""

from __future__ import annotations

from flask import render_template

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.home.blueprint import pages
from consultazione.home.to_do_views import to_do
from consultazione.proposals.queries import count_proposals
from consultazione.proposals.search import Filter, find_proposals
from consultazione.setup.first_start import has_installer
from consultazione.sittings.queries import coming_sittings
from consultazione.tables.labels import TABLE_KINDS
from consultazione.tables.queries import tables
from consultazione.web.current_zone import current_cycle
from consultazione.web.request_db import actor, snapshot
from consultazione.zones.event_sentences import NOTABLE
from consultazione.zones.public_log import newest_entries
from consultazione.zones.queries import current_phase


@pages.get("/")
def show() -> str:
    """What the site is for, where the path stands, what to do next, what is new.

    As long as there is no zone: what this is, and who sets the first one up.
    """
    try:
        cycle, session = current_cycle(), snapshot()
    except NotFound:
        return render_template("setup/welcome.html", has_installer=has_installer(snapshot()))
    places = tables(session, cycle.id)
    return render_template(
        "home/show.html",
        awaiting=to_do(session, cycle, places, actor()),
        phase=current_phase(session, cycle.id, on=clock.today()),
        sittings=coming_sittings(session, cycle.id)[:3],
        proposals=find_proposals(session, Filter(cycle_id=cycle.id), limit=3),
        tables=places,
        kinds=TABLE_KINDS,
        counts=count_proposals(session, [table.id for table in places]),
        latest=newest_entries(session, NOTABLE, limit=6),
        names={table.id: table.name for table in places},
    )
