"""REST: outcomes with their boards. Signing asks for a password anew, so it is a page only."""

from __future__ import annotations

from flask import url_for
from flask.views import MethodView

from consultazione.outcomes.blueprint import rest
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.queries import get_outcome, outcomes_after
from consultazione.outcomes.schemas import OutcomeOut, WholeOutcomeOut
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_cycle
from consultazione.web.fields import PageArgs
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import snapshot


@rest.route("/outcomes")
class Outcomes(MethodView):
    """The cycle's outcomes."""

    @rest.arguments(PageArgs, location="query")
    @rest.response(200, page_schema(OutcomeOut))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: Paging) -> Page:
        """Outcomes in the order of their numbers."""
        after, limit = args["after"], args["limit"]
        rows = outcomes_after(snapshot(), current_cycle().id, after=after, limit=limit + 1)
        return page_of(rows, limit, url_for("outcomes_api.Outcomes"))


@rest.route("/outcomes/<int:outcome_id>")
class OutcomeResource(MethodView):
    """One outcome."""

    @rest.response(200, WholeOutcomeOut)
    @rest.alt_response(404, description="No such outcome.")
    def get(self, outcome_id: int) -> Outcome:
        """The outcome with its document and who has answered over which digest."""
        return get_outcome(snapshot(), outcome_id)
