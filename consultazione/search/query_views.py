"""The query string of the page: `/cerca?q=...&tipo=...&tavolo=...&stato=...&dal=...`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from flask import request

from consultazione.core import clock
from consultazione.core.text import tidy
from consultazione.people.models import Category
from consultazione.search.asking.finding import Criteria
from consultazione.search.kinds import KINDS
from consultazione.search.labels import STATE_NAMES
from consultazione.web.current_zone import current_place
from consultazione.web.url_converters import asked_id

# What narrows a search, in the order of the form.
FILTERS = ("tipo", "tavolo", "categoria", "stato", "ciclo", "dal", "al")
_YEARS = range(1900, 2200)


def typed() -> str:
    """What was typed, whole."""
    return tidy(request.args.get("q", ""))


def asked_criteria() -> Criteria:
    """The filters in the query string; unknown values are ignored."""
    place = current_place()
    kind, category = request.args.get("tipo", ""), request.args.get("categoria", "")
    state, years = request.args.get("stato", ""), request.args.get("ciclo", "")
    return Criteria(
        zone_id=place.cycle.zone.id,
        cycle_id=next((cycle.id for cycle in place.cycles if cycle.years == years), None),
        table_id=asked_id("tavolo"),
        kind=kind if kind in KINDS else None,
        category=next((one for one in Category if one.value == category), None),
        state=state if any(state in names for names in STATE_NAMES.values()) else None,
        since=begin_of(_day("dal")),
        until=end_of(_day("al")),
    )


def filters() -> Mapping[str, str]:
    """The filters that are set, for links that keep them."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def begin_of(day: date | None) -> datetime | None:
    """The first moment of a day in Italy."""
    return clock.at_rome(day, time()) if day else None


def end_of(day: date | None) -> datetime | None:
    """The first moment of the day after it."""
    return begin_of(day + timedelta(days=1)) if day else None


def _day(name: str) -> date | None:
    """A day that the query asks for; None for what is none, or of no century of ours."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if day.year in _YEARS else None
