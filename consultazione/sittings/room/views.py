"""The pages of a sitting's room and of its chronicle."""

from __future__ import annotations

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from consultazione.core.permissions import Permission
from consultazione.sittings.blueprint import pages
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.order import is_used_up, room_queue, used_up_in
from consultazione.sittings.floor.types import HandSnapshot
from consultazione.sittings.polls.page_words import poll_words
from consultazione.sittings.polls.poll_form import poll_form
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.lines import earlier_than, names_of
from consultazione.sittings.room.public import chronicle_page, newest_lines, public_room
from consultazione.sittings.room.sentences import room_wording
from consultazione.sittings.room.snapshot import room_mine
from consultazione.sittings.room.types import RoomSnapshot
from consultazione.sittings.video.views import ROOM_PERMISSIONS
from consultazione.tables.queries import sitting_materials
from consultazione.web.last_update import page_follows
from consultazione.web.public_cache import READER
from consultazione.web.request_db import actor, snapshot
from consultazione.web.url_converters import asked_id


@pages.get("/sedute/<int:sitting_id>/stanza", endpoint="room")
def room_page(sitting_id: int) -> ResponseReturnValue:
    """Show the room of a sitting: anybody may watch, people who are signed in take part."""
    room, text = public_room(READER, sitting_id)
    chronicle = newest_lines(READER, room, text)
    mine = room_mine(snapshot(), sitting_id, actor().person_id)
    sitting = get_sitting(snapshot(), sitting_id)
    page = render_template(
        "sittings/room.html",
        sitting=sitting,
        room=room,
        snapshot=text,
        chronicle=chronicle,
        earlier=earlier_than(room),
        name_of=names_of(room),
        queue=_queue(room),
        late=_late(room),
        materials=[
            one for one in sitting_materials(snapshot(), sitting_id) if one.withdrawn_at is None
        ],
        mine=mine,
        words=room_wording(),
        asking=poll_form(snapshot(), sitting) if Permission.OPEN_POLL in mine["may"] else None,
        **poll_words(snapshot()),
    )
    return make_response(page, {"Permissions-Policy": ROOM_PERMISSIONS})


def _queue(room: RoomSnapshot) -> list[HandSnapshot]:
    """Return the raised hands of a room in the order in which they get the floor."""
    hands = {hand["id"]: hand for hand in room["hands"]}
    return [hands[hand_id] for hand_id in room_queue(room)]


def _late(room: RoomSnapshot) -> set[int]:
    """Return the ids of the hands that come last since their group has used up its time."""
    spent = used_up_in(room)
    return {
        hand["id"]
        for hand in room["hands"]
        if is_used_up(hand["hand_kind"], hand["category"], spent)
    }


@pages.get("/sedute/<int:sitting_id>/cronaca")
def chronicle(sitting_id: int) -> str:
    """Show what happened in a sitting entry by entry; minutes and plan link to the entries.

    `voce` in the query string is the number of an entry: the page that holds it is shown, else
    the newest.
    """
    page_follows(sitting_stream(sitting_id))
    page, days = chronicle_page(READER, sitting_id, asked_id("voce"))
    return render_template(
        "sittings/chronicle.html",
        sitting=get_sitting(snapshot(), sitting_id),
        page=page,
        days=days,
    )
