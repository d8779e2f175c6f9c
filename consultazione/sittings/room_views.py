"""The page of a sitting's room: what stands there now; its scripts keep it up to date."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from consultazione.sittings.chronicle import chronicle_lines
from consultazione.sittings.polling.asking import asking
from consultazione.sittings.polling.views import blueprint
from consultazione.sittings.polling.words import counts_of, grounds_of
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room import room_mine, room_snapshot
from consultazione.sittings.room_words import room_words
from consultazione.sittings.speakers.order import room_queue
from consultazione.sittings.video.views import ROOM_PERMISSIONS
from consultazione.tables.queries import sitting_materials
from consultazione.web.unit import actor, snapshot


@blueprint.get("/sedute/<int:sitting_id>/stanza", endpoint="room")
def room_page(sitting_id: int) -> ResponseReturnValue:
    """The room of a sitting, open to everybody; who is signed in takes part."""
    room = room_snapshot(snapshot(), sitting_id)
    page = render_template(
        "sittings/room.html",
        sitting=get_sitting(snapshot(), sitting_id),
        room=room,
        chronicle=chronicle_lines(room),
        queue=_queue(room),
        materials=sitting_materials(snapshot(), sitting_id),
        mine=room_mine(snapshot(), sitting_id, actor().person_id),
        words=room_words(),
        asking=asking(snapshot(), get_sitting(snapshot(), sitting_id).table_id),
        poll_counts=counts_of,
        poll_grounds=grounds_of,
    )
    return make_response(page, {"Permissions-Policy": ROOM_PERMISSIONS})


def _queue(room: dict[str, Any]) -> list[dict[str, Any]]:
    """The hands of a room in the order in which they get the floor."""
    hands = {hand["id"]: hand for hand in room["hands"]}
    return [hands[hand_id] for hand_id in room_queue(room)]


__all__ = ["blueprint"]
