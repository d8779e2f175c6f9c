"""REST: the zone with its path, and the public log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask.views import MethodView

from consultazione.web.api import page_schema
from consultazione.web.current_zone import current_cycle
from consultazione.web.paging import Page
from consultazione.web.request_db import snapshot
from consultazione.zones.blueprint import rest
from consultazione.zones.public_log import public_entries
from consultazione.zones.queries import acts, bodies, chapters, phases, priorities
from consultazione.zones.schemas import HappeningOut, LogArgs, ZoneOut

_COLUMNS = (
    "id", "slug", "name", "kind", "lead_body", "presentation", "demo",
)  # fmt: skip


@rest.route("/zone")
class ZoneResource(MethodView):
    """The zone that this installation serves."""

    @rest.response(200, ZoneOut)
    def get(self) -> Mapping[str, object]:
        """The zone, its bodies, chapters, priorities, phases and formal acts."""
        cycle, session = current_cycle(), snapshot()
        zone = cycle.zone
        return {
            **{name: getattr(zone, name) for name in _COLUMNS},
            "cycle_start": cycle.first_year,
            "cycle_end": cycle.last_year,
            "bodies": bodies(session, zone.id),
            "chapters": chapters(session, cycle.id),
            "priorities": priorities(session, cycle.id),
            "phases": phases(session, cycle.id),
            "acts": acts(session, cycle.id),
        }


@rest.route("/log")
class LogResource(MethodView):
    """The public log."""

    @rest.arguments(LogArgs, location="query")
    @rest.response(200, page_schema(HappeningOut))
    @rest.reads_much
    def get(self, args: dict[str, Any]) -> Page:
        """The newest entries first; streams of accounts are left out."""
        limit = args.pop("limit")
        entries = public_entries(snapshot(), **args, limit=limit + 1)
        following = (
            {**args, "before": entries[limit - 1].position} if len(entries) > limit else None
        )
        url = url_for("zones_api.LogResource", **following, limit=limit) if following else None
        return {"items": entries[:limit], "next": url}
