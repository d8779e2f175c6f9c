"""REST: sittings, their agendas, and what happened in them."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.views import MethodView

from consultazione.core.log import read_stream
from consultazione.sittings.commands import add_point, convene_sitting, set_quorum
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.queries import get_sitting, sittings_after
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.sittings.quorums.schemas import QuorumSchema
from consultazione.sittings.room import entry_as_sent, room_snapshot
from consultazione.sittings.schemas import (
    EntryArgs,
    EntryOut,
    IdOut,
    PointSchema,
    RoomOut,
    SittingArgs,
    SittingOut,
    SittingPage,
    SittingSchema,
)
from consultazione.web.api import page_of, resource
from consultazione.web.chrome import current_zone
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import snapshot, transaction

blueprint = resource("sittings_api", __name__, "Sittings and their rooms")

TOKEN: list[dict[str, list[str]]] = [{"token": []}]


@blueprint.route("/sittings")
class Sittings(MethodView):
    """The sittings of the zone."""

    @blueprint.arguments(SittingArgs, location="query")
    @blueprint.response(200, SittingPage)
    def get(self, args: dict[str, Any]) -> dict[str, Any]:
        """The zone's sittings by id, of one table if it is named."""
        table_id, after, limit = args["table_id"], args["after"], args["limit"]
        zone_id = current_zone().id
        found = sittings_after(snapshot(), zone_id, after=after, limit=limit + 1, table_id=table_id)
        return page_of(found, limit, url_for("sittings_api.Sittings"), table_id=table_id)


@blueprint.route("/tables/<int:table_id>/sittings")
class TableSittings(MethodView):
    """The sittings of a table."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(SittingSchema)
    @blueprint.response(201, SittingOut)
    @blueprint.alt_response(403, description="Only who runs the table convenes its sittings.")
    @blueprint.alt_response(404, description="There is no such table.")
    @limiter.limit(WRITING)
    def post(self, values: dict[str, Any], table_id: int) -> Sitting:
        """Convene a sitting with its agenda."""
        with transaction() as tx:
            return convene_sitting(tx, table_id=table_id, **values)


@blueprint.route("/sittings/<int:sitting_id>")
class SittingResource(MethodView):
    """One sitting."""

    @blueprint.response(200, SittingOut)
    @blueprint.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> Sitting:
        """A sitting by its id."""
        return get_sitting(snapshot(), sitting_id)


@blueprint.route("/sittings/<int:sitting_id>/points")
class Points(MethodView):
    """The agenda of a sitting."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(PointSchema)
    @blueprint.response(201, IdOut)
    @blueprint.alt_response(403, description="Only who runs the table writes its agenda.")
    @blueprint.alt_response(404, description="There is no such sitting.")
    @blueprint.alt_response(409, description="The sitting has been opened.")
    @limiter.limit(WRITING)
    def post(self, values: dict[str, Any], sitting_id: int) -> AgendaPoint:
        """Put one more point at the end of the agenda."""
        with transaction() as tx:
            return add_point(tx, sitting_id=sitting_id, **values)


@blueprint.route("/sittings/<int:sitting_id>/quorum")
class Quorum(MethodView):
    """How many must be there for a sitting to decide."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(QuorumSchema)
    @blueprint.response(200, SittingOut)
    @blueprint.alt_response(403, description="Only who convenes sittings sets their quorum.")
    @blueprint.alt_response(404, description="There is no such sitting.")
    @blueprint.alt_response(409, description="The sitting has been opened.")
    @limiter.limit(WRITING)
    def put(self, quorum: QuorumTerms, sitting_id: int) -> Sitting:
        """Set the quorum, in place of the one before."""
        with transaction() as tx:
            return set_quorum(tx, sitting_id=sitting_id, quorum=quorum)


@blueprint.route("/sittings/<int:sitting_id>/room")
class Room(MethodView):
    """The room of a sitting."""

    @blueprint.response(200, RoomOut)
    @blueprint.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> dict[str, Any]:
        """The room as it is now, with the number of the last entry that it holds."""
        return room_snapshot(snapshot(), sitting_id)


@blueprint.route("/sittings/<int:sitting_id>/entries")
class Entries(MethodView):
    """The chronicle of a sitting."""

    @blueprint.arguments(EntryArgs, location="query")
    @blueprint.response(200, EntryOut(many=True))
    @blueprint.alt_response(404, description="There is no such sitting.")
    def get(self, args: dict[str, Any], sitting_id: int) -> list[dict[str, Any]]:
        """What has happened since a number: from the first entry, if none is named."""
        stream = sitting_stream(get_sitting(snapshot(), sitting_id).id)
        return [entry_as_sent(entry) for entry in read_stream(snapshot(), stream, **args)]
