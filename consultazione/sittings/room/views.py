"""The pages of a sitting's room and of its chronicle."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from consultazione.core import clock
from consultazione.sittings.blueprint import pages
from consultazione.sittings.floor.order import room_queue
from consultazione.sittings.floor.types import HandSnapshot
from consultazione.sittings.polls.labels import ANNULLED
from consultazione.sittings.polls.poll_form import poll_form
from consultazione.sittings.polls.sentences import counts_of, grounds_of
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.chronicle import chronicle_lines
from consultazione.sittings.room.sentences import room_wording
from consultazione.sittings.room.snapshot import room_mine, room_snapshot
from consultazione.sittings.room.types import ChronicleLine, RoomSnapshot
from consultazione.sittings.video.views import ROOM_PERMISSIONS
from consultazione.tables.queries import sitting_materials
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import reads_much


@pages.get("/sedute/<int:sitting_id>/stanza", endpoint="room")
def room_page(sitting_id: int) -> ResponseReturnValue:
    """Show the room of a sitting: anybody may watch, people who are signed in take part."""
    room = room_snapshot(snapshot(), sitting_id)
    page = render_template(
        "sittings/room.html",
        sitting=get_sitting(snapshot(), sitting_id),
        room=room,
        chronicle=chronicle_lines(room),
        queue=_queue(room),
        materials=sitting_materials(snapshot(), sitting_id),
        mine=room_mine(snapshot(), sitting_id, actor().person_id),
        words=room_wording(),
        asking=poll_form(snapshot(), get_sitting(snapshot(), sitting_id).table_id),
        poll_counts=counts_of,
        poll_grounds=grounds_of,
        poll_annulment=ANNULLED.get,
    )
    return make_response(page, {"Permissions-Policy": ROOM_PERMISSIONS})


def _queue(room: RoomSnapshot) -> list[HandSnapshot]:
    """Return the raised hands of a room in the order in which they get the floor."""
    hands = {hand["id"]: hand for hand in room["hands"]}
    return [hands[hand_id] for hand_id in room_queue(room)]


@pages.get("/sedute/<int:sitting_id>/cronaca")
@reads_much()
def chronicle(sitting_id: int) -> str:
    """Show what happened in a sitting entry by entry; minutes and plan link to the entries."""
    room = room_snapshot(snapshot(), sitting_id)
    return render_template(
        "sittings/chronicle.html",
        sitting=get_sitting(snapshot(), sitting_id),
        days=_by_day(list(reversed(chronicle_lines(room)))),
    )


def _by_day(lines: list[ChronicleLine]) -> list[tuple[date, list[ChronicleLine]]]:
    """Group the lines of a chronicle by day."""
    days = groupby(lines, key=lambda line: clock.in_rome(line["at"]).date())
    return [(day, list(group)) for day, group in days]
