"""REST: programmes with their sums, interventions, shares and indicators; all to read."""

from __future__ import annotations

from typing import Any, TypedDict

from flask import url_for
from flask.views import MethodView

from consultazione.programme.blueprint import rest
from consultazione.programme.models import Intervention
from consultazione.programme.queries import (
    get_intervention,
    indicators_after,
    interventions_after,
    programme_of,
    shares_after,
)
from consultazione.programme.schemas import (
    IndicatorOut,
    InterventionOut,
    OfProgrammeArgs,
    OriginOut,
    ProgrammeOut,
    ShareOut,
)
from consultazione.programme.sums import Year, years
from consultazione.provincial.models import ProjectForward
from consultazione.provincial.queries import project_behind
from consultazione.sharing.budgets.models import BudgetItem
from consultazione.sharing.budgets.queries import budget_behind
from consultazione.sharing.models import ScenarioApplication
from consultazione.sharing.queries import applications_behind
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_cycle
from consultazione.web.paging import Page
from consultazione.web.request_db import snapshot

_NOT_OPEN = "The programme of this year is not open."
_NO_INTERVENTION = "There is no such intervention."


class _OfProgramme(TypedDict):
    """The year of a programme, and which rows of it."""

    year: int
    after: int
    limit: int


class _Origin(TypedDict):
    """What stands behind an intervention."""

    project: ProjectForward | None
    budget_item: BudgetItem | None
    votes: list[ScenarioApplication]


@rest.route("/programmes")
class Programmes(MethodView):
    """The annual programmes of the cycle."""

    @rest.response(200, ProgrammeOut(many=True))
    @rest.reads_much
    @rest.takes_place
    def get(self) -> list[Year]:
        """The programmes that are open, by year, with their sums."""
        cycle = current_cycle()
        found = years(snapshot(), cycle.id, cycle.first_year, cycle.last_year)
        return [year for year in found if year.programme is not None]


@rest.route("/interventions")
class Interventions(MethodView):
    """The interventions of a programme."""

    @rest.arguments(OfProgrammeArgs, location="query")
    @rest.response(200, page_schema(InterventionOut))
    @rest.alt_response(404, description=_NOT_OPEN)
    @rest.reads_much
    @rest.takes_place
    def get(self, args: _OfProgramme) -> Page:
        """The interventions of one year, by id."""
        return _page(interventions_after, args, "programme_api.Interventions")


@rest.route("/interventions/<int:intervention_id>")
class InterventionResource(MethodView):
    """One intervention."""

    @rest.response(200, InterventionOut)
    @rest.alt_response(404, description=_NO_INTERVENTION)
    def get(self, intervention_id: int) -> Intervention:
        """An intervention by its id."""
        return get_intervention(snapshot(), intervention_id)


@rest.route("/interventions/<int:intervention_id>/origin")
class InterventionOrigin(MethodView):
    """Where an intervention comes from."""

    @rest.response(200, OriginOut)
    @rest.alt_response(404, description=_NO_INTERVENTION)
    def get(self, intervention_id: int) -> _Origin:
        """The project or the participatory budget behind it, and the votes on its shares."""
        session, number = snapshot(), get_intervention(snapshot(), intervention_id).id
        chosen = budget_behind(session, number)
        return {
            "project": project_behind(session, number),
            "budget_item": chosen[1] if chosen else None,
            "votes": applications_behind(session, number),
        }


@rest.route("/shares")
class Shares(MethodView):
    """The shares of a programme's costs."""

    @rest.arguments(OfProgrammeArgs, location="query")
    @rest.response(200, page_schema(ShareOut))
    @rest.alt_response(404, description=_NOT_OPEN)
    @rest.reads_much
    @rest.takes_place
    def get(self, args: _OfProgramme) -> Page:
        """Who pays how much from which fund in one year, by id."""
        return _page(shares_after, args, "programme_api.Shares")


@rest.route("/indicators")
class Indicators(MethodView):
    """The indicators of a programme's interventions."""

    @rest.arguments(OfProgrammeArgs, location="query")
    @rest.response(200, page_schema(IndicatorOut))
    @rest.alt_response(404, description=_NOT_OPEN)
    @rest.reads_much
    @rest.takes_place
    def get(self, args: _OfProgramme) -> Page:
        """The indicators of one year with their targets and measures, by id."""
        return _page(indicators_after, args, "programme_api.Indicators")


def _page(rows_after: Any, args: _OfProgramme, endpoint: str) -> Page:
    """A page of what a programme has, by a query that takes `after` and `limit`."""
    year, limit = args["year"], args["limit"]
    programme = programme_of(snapshot(), current_cycle().id, year)
    rows = rows_after(snapshot(), programme.id, after=args["after"], limit=limit + 1)
    return page_of(rows, limit, url_for(endpoint), year=year)
