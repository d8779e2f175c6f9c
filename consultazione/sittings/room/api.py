"""REST: the room of a sitting and its chronicle."""

from __future__ import annotations

from typing import TypedDict

from flask.views import MethodView

from consultazione.core.log import read_stream
from consultazione.sittings.blueprint import rest
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.schemas import EntryArgs, EntryOut, RoomOut
from consultazione.sittings.room.snapshot import entry_as_sent, room_snapshot
from consultazione.sittings.room.types import EntrySnapshot, RoomSnapshot
from consultazione.web.request_db import snapshot


class _After(TypedDict):
    """The number of the last entry that is known."""

    after: int


@rest.route("/sittings/<int:sitting_id>/room")
class Room(MethodView):
    """The room of a sitting."""

    @rest.response(200, RoomOut)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> RoomSnapshot:
        """The room as it is now, with the number of the last entry that it holds."""
        return room_snapshot(snapshot(), sitting_id)


@rest.route("/sittings/<int:sitting_id>/entries")
class Entries(MethodView):
    """The chronicle of a sitting."""

    @rest.arguments(EntryArgs, location="query")
    @rest.response(200, EntryOut(many=True))
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, args: _After, sitting_id: int) -> list[EntrySnapshot]:
        """What has happened since a number: from the first entry, if none is named."""
        stream = sitting_stream(get_sitting(snapshot(), sitting_id).id)
        return [entry_as_sent(entry) for entry in read_stream(snapshot(), stream, **args)]
