"""REST: points of an agenda and the documents beside them."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from consultazione.sittings.agenda.commands.order import move_point
from consultazione.sittings.agenda.commands.papers import attach_material, detach_material
from consultazione.sittings.agenda.commands.points import add_point, correct_point, remove_point
from consultazione.sittings.agenda.schemas import (
    CorrectPointSchema,
    PaperSchema,
    PointSchema,
    RemovePointSchema,
)
from consultazione.sittings.blueprint import rest
from consultazione.sittings.models import AgendaPoint
from consultazione.sittings.rest import offer_post, offer_put, writes
from consultazione.sittings.schemas import IdOut, PlaceSchema
from consultazione.web.request_db import transaction


@rest.route("/sittings/<int:sitting_id>/points")
class Points(MethodView):
    """The agenda of a sitting."""

    @writes(
        IdOut,
        body=PointSchema,
        refusals={
            403: "Only who runs the table writes its agenda.",
            404: "There is no such sitting.",
            409: "The sitting has been opened.",
        },
    )
    def post(self, values: dict[str, Any], sitting_id: int) -> AgendaPoint:
        """Put one more point at the end of the agenda."""
        with transaction() as tx:
            return add_point(tx, sitting_id=sitting_id, **values)


_POINT = "/points/<int:point_id>"

offer_put(f"{_POINT}/place", move_point, PlaceSchema, "Put a point before another.")
offer_put(f"{_POINT}/title", correct_point, CorrectPointSchema, "Correct a point.")
offer_put(f"{_POINT}/removal", remove_point, RemovePointSchema, "Take a point off the agenda.")
offer_put(f"{_POINT}/materials", attach_material, PaperSchema, "Put a material there.")
offer_post(
    f"{_POINT}/materials/<int:material_id>/detach",
    detach_material,
    "Take a material away from a point.",
)
