"""REST: the list of sittings, and one of them."""

from __future__ import annotations

from flask import url_for
from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting, sittings_after
from consultazione.sittings.schemas import SittingArgs, SittingOut, SittingPage
from consultazione.web.api import page_of
from consultazione.web.current_zone import current_cycle
from consultazione.web.paging import Page, TablePaging
from consultazione.web.request_db import snapshot


@rest.route("/sittings")
class Sittings(MethodView):
    """The sittings of the zone."""

    @rest.arguments(SittingArgs, location="query")
    @rest.response(200, SittingPage)
    @rest.takes_place
    def get(self, args: TablePaging) -> Page:
        """The cycle's sittings by id, of one table if it is named."""
        table_id, after, limit = args["table_id"], args["after"], args["limit"]
        cycle_id = current_cycle().id
        sittings = sittings_after(
            snapshot(), cycle_id, after=after, limit=limit + 1, table_id=table_id
        )
        return page_of(sittings, limit, url_for("sittings_api.Sittings"), table_id=table_id)


@rest.route("/sittings/<int:sitting_id>")
class SittingResource(MethodView):
    """One sitting."""

    @rest.response(200, SittingOut)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> Sitting:
        """A sitting by its id."""
        return get_sitting(snapshot(), sitting_id)
