"""REST: the zone with its path, and the public log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask.views import MethodView

from consultazione.home.streams import streams_of
from consultazione.web.api import page_schema
from consultazione.web.current_zone import Cycle, current_cycle, current_place, query_of_place
from consultazione.web.paging import Page, paged
from consultazione.web.request_db import snapshot
from consultazione.zones.blueprint import rest
from consultazione.zones.public_log import public_entries
from consultazione.zones.queries import (
    acts,
    bodies,
    chapters,
    phases,
    priorities,
    zones_with_cycles,
)
from consultazione.zones.schemas import CycleOut, HappeningOut, ListedZoneOut, LogArgs, ZoneOut

_COLUMNS = (
    "id", "slug", "name", "kind", "lead_body", "presentation", "demo",
)  # fmt: skip


@rest.route("/zones")
class Zones(MethodView):
    """The zones of this installation."""

    @rest.response(200, ListedZoneOut(many=True))
    def get(self) -> list[Mapping[str, object]]:
        """Every zone by name, with its cycles, the current one first."""
        return [
            {
                **{name: getattr(zone, name) for name in (*_COLUMNS, "territory")},
                "cycles": _cycles(cycles),
            }
            for zone, cycles in zones_with_cycles(snapshot()).items()
        ]


@rest.route("/zones/<zone>/cycles")
class Cycles(MethodView):
    """The cycles of a zone."""

    @rest.response(200, CycleOut(many=True))
    @rest.alt_response(404, description="There is no such zone.")
    def get(self) -> list[Mapping[str, object]]:
        """Every cycle of the zone, the current one first."""
        return _cycles(current_place().cycles)


@rest.route("/zone")
class ZoneResource(MethodView):
    """One zone in one cycle."""

    @rest.response(200, ZoneOut)
    @rest.takes_place
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
    @rest.takes_place
    def get(self, args: dict[str, Any]) -> Page:
        """The newest entries first, of a zone if it is named; without the streams of accounts."""
        limit, place = args.pop("limit"), query_of_place()
        streams = streams_of(current_cycle().id) if place else None
        entries = public_entries(snapshot(), **args, limit=limit + 1, streams=streams)
        shown, last = paged(entries, limit)
        if last is None:
            return {"items": shown, "next": None}
        following = {**place, **args, "before": last.position, "limit": limit}
        return {"items": shown, "next": url_for("zones_api.LogResource", **following)}


def _cycles(cycles: Sequence[Cycle]) -> list[Mapping[str, object]]:
    """What is told of each of a zone's cycles, of which the first is the current one."""
    return [
        {
            "id": cycle.id,
            "years": cycle.years,
            "first_year": cycle.first_year,
            "last_year": cycle.last_year,
            "current": cycle is cycles[0],
        }
        for cycle in cycles
    ]
