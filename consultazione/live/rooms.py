"""Coming into the room of a sitting, staying and leaving; following a public stream."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_socketio import join_room
from redis import Redis
from redis.exceptions import RedisError

from consultazione.core import idempotency, log
from consultazione.core.actor import VISITOR
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.live import batched_commands, presence, snapshots
from consultazione.live.engine.manager import NotPublished
from consultazione.live.fanout import Fanout
from consultazione.live.frames import entry_payload
from consultazione.live.room_names import person_room
from consultazione.sittings.attendance.commands.presence import leave_sitting
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import SittingState
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions import queries
from consultazione.web.request_db import actor, renew_snapshot, snapshot, transaction

# Who follows another stream and has missed more than this hears of no more at once.
MOST_FOLLOWED = 500


def enter(sitting_id: int, after: int | None) -> dict[str, Any]:
    """Come into a room: what it shows, or only what was missed since a number.

    Who is signed in is noted as present while the sitting is open; visitors only watch.
    The room is joined before it is read, so that no entry falls in between: the browser
    drops the numbers that it has.
    """
    join_room(sitting_stream(sitting_id))
    if actor().is_signed_in:
        join_room(person_room(acting_person(actor())))
        _attend(sitting_id)
    return snapshots.show(sitting_id, actor(), after)


def watch(sitting_id: int, after: int | None) -> dict[str, Any]:
    """See what a visitor sees, whoever asks: a projector is nobody's presence."""
    join_room(sitting_stream(sitting_id))
    return snapshots.show(sitting_id, VISITOR, after)


def leave(sitting_id: int, key: UUID | None = None) -> dict[str, Any]:
    """Leave a sitting, as the person who sends this; their other windows are told."""

    def act() -> dict[str, Any]:
        leave_sitting(tx, sitting_id=sitting_id)
        return {}

    with transaction() as tx:
        answer = idempotency.run_once(tx, key, ["leave_sitting", sitting_id], act)
    with suppress(RedisError):
        presence.forget(_redis(), sitting_id, [actor().person_id or 0])
    _tell_others(sitting_id, "left")
    return answer


def take_over(sitting_id: int, **_key: UUID | None) -> dict[str, Any]:
    """Go on in this window alone: the person's others stand aside; harmless when repeated."""
    acting_person(actor())
    get_sitting(snapshot(), sitting_id)
    _tell_others(sitting_id, "taken_over")
    return {}


def here(sitting_id: int) -> dict[str, Any]:
    """Say that one is still there; who was taken to have left comes in again."""
    sitting = get_sitting(snapshot(), sitting_id)
    lasts = sitting.state is SittingState.OPEN
    if actor().is_signed_in and lasts and _note(sitting_id):
        _attend(sitting_id)
    return {}


def follow(stream: str, after: int) -> dict[str, Any]:
    """Follow a public stream: what happened since a number, without what it was about."""
    join_room(stream)
    session = renew_snapshot()
    entries = log.read_stream(session, stream, after=after, limit=MOST_FOLLOWED)
    return {
        "number": entries[-1].number if entries else log.head(session, stream),
        "entries": [entry_payload(entry, whole=False) for entry in entries],
    }


def _attend(sitting_id: int) -> None:
    """Come in; if the sitting is not open, one only watches."""
    with suppress(Conflict):
        batched_commands.come_in(sitting_id)


def _tell_others(sitting_id: int, what: str) -> None:
    """Tell the person's other windows and devices what was done in this one."""
    fanout: Fanout = current_app.extensions["fanout"]
    payload = {"sitting": sitting_id, "what": what, "by": getattr(request, "sid", "")}
    with suppress(NotPublished):  # they see it by themselves once Redis is back
        fanout.publish(person_room(actor().person_id or 0), "elsewhere", payload)


def _note(sitting_id: int) -> bool:
    try:
        return bool(presence.note(_redis(), sitting_id, [actor().person_id or 0]))
    except RedisError:
        return False  # on its return everybody counts as heard of


def _redis() -> Redis:
    found: Redis = current_app.extensions["redis"]
    return found


def own_questions(sitting_id: int) -> dict[str, Any]:
    """One's own questions and upvotes; for who presides, those that are not shown too."""
    session = snapshot()
    table = get_sitting(session, sitting_id).table
    found = queries.own_questions(session, sitting_id, actor().person_id)
    if may(actor(), Permission.MODERATE_QUESTIONS, zone_id=table.zone_id, table_id=table.id):
        found["moderated"] = queries.moderated_questions(session, sitting_id)
    return {"questions": found}
