"""The page of the search."""

from __future__ import annotations

from flask import render_template, request, url_for

from consultazione.people.labels import CATEGORY_NAMES
from consultazione.search.asking.finding import place_at
from consultazione.search.asking.results import Result, search
from consultazione.search.asking.words import LONGEST
from consultazione.search.blueprint import pages
from consultazione.search.kinds import KINDS
from consultazione.search.labels import STATE_NAMES
from consultazione.search.queries import table_names
from consultazione.search.query_views import asked_criteria, filters, typed
from consultazione.tables.queries import tables
from consultazione.web.current_zone import ask_for_place, current_place
from consultazione.web.few_at_once import few_at_once
from consultazione.web.last_update import without_foot
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much


@pages.get("/cerca")
@without_foot
@reads_much("q")
@few_at_once("q")
def index() -> str:
    """What everybody may read in a zone and has the words, with what is near if nothing has."""
    ask_for_place()
    place, session = current_place(), snapshot()
    words, criteria = typed(), asked_criteria()
    after = place_at(request.args.get("dopo", ""))
    found = search(session, words, criteria, after=after) if words else None
    shown = found.items if found else []
    return render_template(
        "search/index.html",
        typed=words[:LONGEST],
        was_cut=len(words) > LONGEST,
        found=found,
        criteria=criteria,
        asked=filters(),
        kinds=KINDS,
        states=STATE_NAMES,
        categories=CATEGORY_NAMES,
        tables=tables(session, criteria.cycle_id or place.cycle.id),
        table_names=table_names(session, {one.text.table_id for one in shown}),
        years={one.id: one.years for one in place.cycles} if place.cycles[1:] else {},
        cycles=place.cycles,
        zone_name=place.cycle.zone.name,
        address_of=address_of,
    )


def address_of(result: Result) -> str:
    """Where a result is read."""
    return url_for(result.text.endpoint, **result.text.values)
