"""The chat of a sitting on the wire: who may read it joins its room; what changes reaches that.

The room is apart from the sitting's own, which visitors and projectors are in too.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from flask_socketio import join_room
from sqlalchemy.orm import Session

from consultazione.core.errors import Conflict
from consultazione.core.log import Entry
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.live.contract import ChatAnswer, ChatFrame
from consultazione.live.fanout import Fanout, Frame
from consultazione.live.room_names import chat_room, person_room
from consultazione.live.rooms import require_place
from consultazione.sittings.attendance.events import Left
from consultazione.sittings.chat.queries import chat_newest
from consultazione.sittings.chat.types import ChatPart
from consultazione.sittings.locking import NOT_PRESENT
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.snapshot import present_of
from consultazione.web.request_db import actor, renew_snapshot, snapshot


def read(sitting_id: int) -> ChatAnswer:
    """The newest messages, and from now on what is written, hidden and shown.

    The room is joined before it is read, so that nothing falls in between. For who is present or
    moderates; Conflict for anybody else, NotAllowed for who has not signed in.
    """
    person_id = acting_person(actor())
    table = get_sitting(snapshot(), sitting_id).table
    moderates = may(actor(), Permission.MODERATE_CHAT, zone_id=table.zone_id, table_id=table.id)
    if not moderates and person_id not in present_of(snapshot(), sitting_id, [person_id]):
        raise Conflict(NOT_PRESENT)
    room = chat_room(sitting_id)
    require_place(request.environ, room)
    join_room(person_room(person_id))  # by which those who leave the sitting are taken out again
    join_room(room)
    return {"chat": chat_newest(renew_snapshot(), sitting_id, moderates=moderates)}


def take_out(session: Session, fanout: Fanout, entries: Iterable[Entry]) -> None:
    """Take whoever has left a sitting out of the room of its chat; raises if that did not go out.

    Whoever has come in again meanwhile stays; who moderates asks for the chat anew.
    """
    left: dict[int, set[int]] = {}
    for event in (entry.event for entry in entries):
        if isinstance(event, Left):
            left.setdefault(event.sitting_id, set()).add(event.person_id)
    for sitting_id, persons in left.items():
        gone = persons - set(present_of(session, sitting_id, persons))
        if gone:
            fanout.part([person_room(one) for one in sorted(gone)], chat_room(sitting_id))


def chat_frame(sitting_id: int, changed: ChatPart) -> Frame:
    """What has changed in a chat, for those who read it."""
    payload: ChatFrame = {"sitting": sitting_id, **changed}
    return Frame(chat_room(sitting_id), "chat", payload)
