"""REST: the room of a sitting and its chronicle."""

from __future__ import annotations

from typing import TypedDict
from urllib.parse import urlencode

from flask import Response, url_for
from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.room.public import earlier_lines, entries_text, room_text
from consultazione.sittings.room.schemas import (
    EntryOut,
    EntryPageArgs,
    LineArgs,
    LinePage,
    RoomOut,
)
from consultazione.web.paging import Page
from consultazione.web.public_cache import READER, answer

_UNCHANGED = "What was sent under the ETag of `If-None-Match` is still so."


class _Asked(TypedDict):
    """Which entries: after a number, or before one, and how many."""

    after: int | None
    before: int | None
    limit: int


class _Before(TypedDict):
    """The number before which sentences are wanted; None for the newest."""

    before: int | None


@rest.route("/sittings/<int:sitting_id>/room")
class Room(MethodView):
    """The room of a sitting."""

    @rest.response(200, RoomOut)
    @rest.alt_response(304, description=_UNCHANGED)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> Response:
        """The room as it is now, with the number of the last entry that it holds."""
        return answer(*room_text(READER, sitting_id))


@rest.route("/sittings/<int:sitting_id>/entries")
class Entries(MethodView):
    """The entries of a sitting."""

    @rest.arguments(EntryPageArgs, location="query")
    @rest.response(200, EntryOut(many=True))
    @rest.alt_response(304, description=_UNCHANGED)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, args: _Asked, sitting_id: int) -> Response:
        """What has happened since a number: from the first entry, if none is named.

        With `before` the last entries below that number. Entries are in order, `limit` at most;
        where there are more, the header `Link` has the address of the next ones (rel="next").
        """
        kept, following = entries_text(READER, sitting_id, **args)
        response = answer(*kept)
        if following:  # RFC 8288
            address = url_for("sittings_api.Entries", sitting_id=sitting_id)
            asked = urlencode({**following, "limit": args["limit"]})
            response.headers["Link"] = f'<{address}?{asked}>; rel="next"'
        return response


@rest.route("/sittings/<int:sitting_id>/chronicle")
class Chronicle(MethodView):
    """The chronicle of a sitting in sentences."""

    @rest.arguments(LineArgs, location="query")
    @rest.response(200, LinePage)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, args: _Before, sitting_id: int) -> Page:
        """The newest sentences, or the last before a number; `next` leads further back."""
        first, lines = earlier_lines(READER, sitting_id, args["before"])
        address = url_for("sittings_api.Chronicle", sitting_id=sitting_id, before=first)
        return {"items": lines, "next": address if first > 1 else None}
