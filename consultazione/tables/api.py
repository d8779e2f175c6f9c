"""REST: the zone's tables, who sits at them, and their materials."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.views import MethodView

from consultazione.people.schemas import OrganisationOut
from consultazione.tables.blueprint import rest
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import get_table, materials_after, seats, tables
from consultazione.tables.schemas import MaterialArgs, MaterialOut, TableOut
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_cycle
from consultazione.web.paging import Page, TablePaging
from consultazione.web.request_db import snapshot


@rest.route("/tables")
class Tables(MethodView):
    """The tables of the zone."""

    @rest.response(200, TableOut(many=True))
    @rest.takes_place
    def get(self) -> list[ThematicTable]:
        """Every table of the zone, in its order."""
        return tables(snapshot(), current_cycle().id)


@rest.route("/tables/<int:table_id>")
class Table(MethodView):
    """One table."""

    @rest.response(200, TableOut)
    @rest.alt_response(404, description="There is no such table.")
    def get(self, table_id: int) -> ThematicTable:
        """A table by its id."""
        return get_table(snapshot(), table_id)


@rest.route("/tables/<int:table_id>/seats")
class Seats(MethodView):
    """The organisations that sit at a table."""

    @rest.response(200, OrganisationOut(many=True))
    @rest.alt_response(404, description="There is no such table.")
    def get(self, table_id: int) -> list[Any]:
        """Every organisation with a seat, by name."""
        table = get_table(snapshot(), table_id)
        return [seat.organisation for seat in seats(snapshot(), table.id)]


@rest.route("/materials")
class Materials(MethodView):
    """The published materials."""

    @rest.arguments(MaterialArgs, location="query")
    @rest.response(200, page_schema(MaterialOut))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: TablePaging) -> Page:
        """The cycle's materials by id, of one table if it is named."""
        table_id, after, limit = args["table_id"], args["after"], args["limit"]
        cycle_id = current_cycle().id
        rows = materials_after(
            snapshot(), cycle_id, after=after, limit=limit + 1, table_id=table_id
        )
        return page_of(rows, limit, url_for("tables_api.Materials"), table_id=table_id)
