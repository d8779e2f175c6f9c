"""Messages about being there: enter a room, stay, leave, go on in one window; follow a stream."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Literal
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext as _
from flask_socketio import join_room
from redis import Redis
from redis.exceptions import RedisError

from consultazione.core import clock, idempotency, log
from consultazione.core.actor import VISITOR
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.live import batched_commands, presence, snapshots
from consultazione.live.brakes.socket_places import may_join
from consultazione.live.contract import Done, ElsewhereFrame, Following, QuestionsAnswer
from consultazione.live.engine.manager import NotPublished
from consultazione.live.fanout import Fanout
from consultazione.live.frames import entry_head
from consultazione.live.refusals import TooMany
from consultazione.live.room_names import person_room
from consultazione.sittings.attendance.commands.presence import leave_sitting
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions import queries
from consultazione.web.request_db import actor, renew_snapshot, snapshot, transaction

# A follower who has missed more entries than this gets the first of them, and asks again.
MOST_FOLLOWED = 500


def enter(sitting_id: int, after: int | None) -> snapshots.Shown:
    """Come into a room: its snapshot, or only what was missed since the number `after`.

    Marks a signed-in sender as present while the sitting admits people; visitors only watch, and
    so does whom the table's rule does not let attend: their part says why (`mine.outside`). The
    room is joined before it is read, so that no entry falls in between: the browser drops the
    numbers that it has. Idempotent.
    """
    _join(sitting_stream(sitting_id))
    if actor().is_signed_in:
        join_room(person_room(acting_person(actor())))
        with suppress(NotAllowed):
            _attend(sitting_id)
    return snapshots.show(sitting_id, actor(), after)


def watch(sitting_id: int, after: int | None) -> snapshots.Shown:
    """What a visitor is shown, whoever asks: a projector is nobody's attendance."""
    _join(sitting_stream(sitting_id))
    return snapshots.show(sitting_id, VISITOR, after)


def leave(sitting_id: int, key: UUID | None = None) -> Mapping[str, object]:
    """End the sender's attendance and tell their other windows; idempotent by its key."""

    def act() -> Done:
        leave_sitting(tx, sitting_id=sitting_id)
        return {}

    with transaction() as tx:
        answer = idempotency.run_once(tx, key, ["leave_sitting", sitting_id], act)
    with suppress(RedisError):
        presence.forget(_redis(), sitting_id, [actor().person_id or 0])
    _tell_others(sitting_id, "left")
    return answer


def take_over(sitting_id: int, **_key: UUID | None) -> Done:
    """Go on in this window alone: the person's others stand aside; idempotent."""
    acting_person(actor())
    get_sitting(snapshot(), sitting_id)
    _tell_others(sitting_id, "taken_over")
    return {}


def here(sitting_id: int) -> Done:
    """Note that the sender is still there, and bring them in again if they were swept out.

    NotAllowed for whom the table's rule does not let attend.
    """
    sitting = get_sitting(snapshot(), sitting_id)
    lasts = sitting.admits(clock.today())
    if actor().is_signed_in and lasts and _note_here(sitting_id):
        _attend(sitting_id)
    return {}


def follow(stream: str, after: int) -> Following:
    """Follow a public stream: the number, kind and moment of its entries since `after`."""
    _join(stream)
    session = renew_snapshot()
    entries = log.read_stream(session, stream, after=after, limit=MOST_FOLLOWED)
    return {
        "number": entries[-1].number if entries else log.head(session, stream),
        "entries": [entry_head(entry) for entry in entries],
    }


def own_questions(sitting_id: int) -> QuestionsAnswer:
    """The sender's own questions and upvotes; for the chair, those that are not shown too."""
    session = snapshot()
    table = get_sitting(session, sitting_id).table
    questions = queries.own_questions(session, sitting_id, actor().person_id)
    if may(actor(), Permission.MODERATE_QUESTIONS, zone_id=table.zone_id, table_id=table.id):
        questions["moderated"] = queries.moderated_questions(session, sitting_id)
    return {"questions": questions}


def _join(stream: str) -> None:
    """Join a stream's room; TooMany if the connection is in more than one page has."""
    require_place(request.environ, stream)
    join_room(stream)


def require_place(environ: dict[str, Any], room: str) -> None:
    """Raise TooMany if a connection is in more rooms than one page has."""
    if not may_join(environ, room):
        raise TooMany(_("This window follows too much at once: reload the page."))


def _attend(sitting_id: int) -> None:
    """Mark the sender as present; while the sitting admits nobody they only watch."""
    with suppress(Conflict):
        batched_commands.come_in(sitting_id)


def _tell_others(sitting_id: int, what: Literal["left", "taken_over"]) -> None:
    """Tell the person's other windows and devices what they did in this one."""
    fanout: Fanout = current_app.extensions["fanout"]
    payload: ElsewhereFrame = {
        "sitting": sitting_id,
        "what": what,
        "by": getattr(request, "sid", ""),
    }
    with suppress(NotPublished):  # they see it by themselves once Redis is back
        fanout.publish(person_room(actor().person_id or 0), "elsewhere", payload)


def _note_here(sitting_id: int) -> bool:
    """Note that the sender was heard of; True if nothing was known of them."""
    try:
        return bool(presence.note(_redis(), sitting_id, [actor().person_id or 0]))
    except RedisError:
        return False  # on its return everybody counts as heard of


def _redis() -> Redis:
    redis: Redis = current_app.extensions["redis"]
    return redis
