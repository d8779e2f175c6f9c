"""The page of a territory: its zones side by side."""

from __future__ import annotations

from flask import render_template

from consultazione.core import clock
from consultazione.home.blueprint import pages
from consultazione.home.comparison import side_by_side
from consultazione.web.request_db import snapshot
from consultazione.zones.labels import TERRITORY_KINDS
from consultazione.zones.queries import territory_by_slug


@pages.get("/territorio/<slug>")
def territory(slug: str) -> str:
    """What the zones of a territory plan: phases with their dates, tables, chapters, priorities."""
    found = territory_by_slug(snapshot(), slug)
    return render_template(
        "home/territory.html",
        territory=found,
        kind=TERRITORY_KINDS[found.kind],
        columns=side_by_side(snapshot(), found.id),
        today=clock.today(),
    )
