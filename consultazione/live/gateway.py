"""What a browser may say over Socket.IO: each message one command, each with an answer.

The one table of messages, and the one handler behind it. Whoever sends a message is found
out anew, or was a moment ago for those that come by the thousand; so a sign-in that was
taken away ends here too. Nothing a browser sends raises: what is wrong with it stands in
the answer, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import structlog
from flask import Flask, g, request
from flask_babel import gettext as _
from flask_socketio import SocketIO, join_room
from marshmallow import Schema, ValidationError

from consultazione.core import idempotency
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound, Refusal
from consultazione.live import batched_commands, polls, record, rooms, schemas
from consultazione.live.actor_cache import ActorCache
from consultazione.live.concurrency_limit import ConcurrencyLimit
from consultazione.live.group_commit import Busy
from consultazione.live.rate_limit import RateLimit
from consultazione.live.room_names import sign_in_room
from consultazione.people.secret_tokens import digest_of
from consultazione.sittings.agenda.commands.order import move_point
from consultazione.sittings.floor.commands.floor import end_floor, give_floor, withdraw_hand
from consultazione.sittings.floor.commands.speakers import (
    choose_order,
    extend_floor,
    limit_time,
    move_hand,
)
from consultazione.sittings.lifecycle.commands.breaks import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.lifecycle.commands.course import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.questions.commands.questions import (
    answer_question,
    ask_question,
    hide_question,
    merge_question,
    show_question,
)
from consultazione.sittings.questions.commands.upvotes import withdraw_upvote
from consultazione.sittings.quorums.commands import verify_quorum
from consultazione.sittings.record.commands.commitments import (
    cancel_commitment,
    make_commitment,
    revise_commitment,
)
from consultazione.sittings.record.commands.notes import (
    add_phrase,
    remove_phrase,
    write_running_note,
)
from consultazione.sittings.record.commands.statements import (
    hide_statement,
    make_statement,
    show_statement,
    withdraw_statement,
)
from consultazione.sittings.video.commands import set_video
from consultazione.web.auth import current_key, keep_session
from consultazione.web.db_outage import is_away, note_away
from consultazione.web.metrics import REFUSED
from consultazione.web.request_db import actor, release_snapshot, transaction
from consultazione.web.validation_messages import flatten

Answer = dict[str, Any]
# Far more than a person does by hand; kept by each process, since a connection stays with one.
_MOST, _SECONDS = 40, 10.0
_gate = ConcurrencyLimit()
_log = structlog.get_logger()


@dataclass(frozen=True)
class Message:
    """A message: its shape, and what it does with the fields; the answer may say more."""

    schema: type[Schema]
    run: Callable[..., Answer]


def _nothing(_done: Any) -> Answer:
    """No more to say than that it is done."""
    return {}


def _in_turn(run: Callable[..., Answer]) -> Callable[..., Answer]:
    """Of what has a transaction of its own, so many at once as the gate lets through."""

    def waiting(**fields: Any) -> Answer:
        release_snapshot()  # who waits holds no connection
        with _gate.passing():
            return run(**fields)

    return waiting


def _does(
    command: Callable[..., Any], says: Callable[[Any], Answer] = _nothing
) -> Callable[..., Answer]:
    """Run a command in the name of who sends the message; the answer is that it is done.

    says: what the answer tells of what the command returned. A message that comes again
    with the same key is answered, and nothing is done.
    """

    def run(key: UUID | None = None, **fields: Any) -> Answer:
        with transaction() as tx:
            return idempotency.run_once(
                tx, key, [command.__name__, fields], lambda: act(tx, **fields)
            )

    def act(tx: Transaction, **fields: Any) -> Answer:
        return says(command(tx, **fields))

    return _in_turn(run)


MESSAGES: dict[str, Message] = {
    "enter": Message(schemas.EnterSchema, rooms.enter),
    "watch": Message(schemas.EnterSchema, rooms.watch),
    "here": Message(schemas.RoomSchema, rooms.here),
    "leave": Message(schemas.SittingSchema, _in_turn(rooms.leave)),
    "take_over": Message(schemas.SittingSchema, rooms.take_over),
    "follow": Message(schemas.FollowSchema, rooms.follow),
    "sitting.open": Message(schemas.SittingSchema, _does(open_sitting)),
    "quorum.verify": Message(schemas.SittingSchema, _does(verify_quorum)),
    "sitting.close": Message(schemas.SittingSchema, _does(close_sitting)),
    "agenda.start": Message(schemas.PointSchema, _does(start_point)),
    "sitting.suspend": Message(schemas.SuspendSchema, _does(suspend_sitting)),
    "sitting.resume": Message(schemas.SittingSchema, _does(resume_sitting)),
    "sitting.set_video": Message(schemas.VideoSchema, _does(set_video)),
    "agenda.suspend": Message(schemas.PointSchema, _does(suspend_point)),
    "agenda.move": Message(schemas.MovePointSchema, _does(move_point)),
    "agenda.close": Message(schemas.PointSchema, _does(close_point)),
    "hand.raise": Message(schemas.RaiseSchema, batched_commands.raise_hand),
    "hand.withdraw": Message(schemas.HandSchema, _does(withdraw_hand)),
    "questions.mine": Message(schemas.RoomSchema, rooms.own_questions),
    "question.ask": Message(schemas.AskSchema, _does(ask_question)),
    "question.upvote": Message(schemas.WrittenSchema, batched_commands.upvote),
    "question.downvote": Message(schemas.WrittenSchema, _does(withdraw_upvote)),
    "question.show": Message(schemas.WrittenSchema, _does(show_question)),
    "question.hide": Message(schemas.HideSchema, _does(hide_question)),
    "question.merge": Message(schemas.MergeSchema, _does(merge_question)),
    "question.answer": Message(schemas.AnswerSchema, _does(answer_question)),
    "record.mine": Message(schemas.RoomSchema, record.mine),
    "note.write": Message(schemas.NoteSchema, _does(write_running_note, record.version_of)),
    "statement.make": Message(schemas.StatementSchema, _does(make_statement)),
    "statement.withdraw": Message(schemas.MadeSchema, _does(withdraw_statement)),
    "statement.hide": Message(schemas.HideStatementSchema, _does(hide_statement)),
    "statement.show": Message(schemas.MadeSchema, _does(show_statement)),
    "commitment.make": Message(schemas.CommitmentSchema, _does(make_commitment)),
    "commitment.revise": Message(schemas.ReviseSchema, _does(revise_commitment)),
    "commitment.cancel": Message(schemas.TakenSchema, _does(cancel_commitment)),
    "phrase.add": Message(schemas.PhraseSchema, _does(add_phrase)),
    "phrase.remove": Message(schemas.OwnPhraseSchema, _does(remove_phrase)),
    "hand.move": Message(schemas.MoveSchema, _does(move_hand)),
    "speakers.order": Message(schemas.OrderSchema, _does(choose_order)),
    "speakers.limit": Message(schemas.LimitSchema, _does(limit_time)),
    "floor.extend": Message(schemas.ExtendSchema, _does(extend_floor)),
    "floor.give": Message(schemas.HandSchema, _does(give_floor)),
    "floor.end": Message(schemas.HandSchema, _does(end_floor)),
    "poll.open": Message(schemas.OpenPollSchema, _does(open_poll)),
    "poll.close": Message(schemas.PollSchema, _does(close_poll)),
    "poll.count_room": Message(schemas.RoomVotesSchema, _in_turn(polls.count_room)),
    "ballot.receipt": Message(schemas.PollSchema, _in_turn(polls.receipt)),
    "ballot.cast": Message(schemas.BallotSchema, batched_commands.cast),
}


# What everybody may say who is signed in, and says by the thousand.
OFTEN = frozenset(
    {"enter", "here", "ballot.cast", "hand.raise", "hand.withdraw", "question.upvote"}
)


class SignedOut(Refusal):
    """The sign-in behind the connection is no longer valid: 401, since signing in mends it."""

    code = "not_allowed"
    status = 401


class TooMany(Refusal):
    """More messages than a person sends by hand."""

    code = "too_many"
    status = 429


def connect(app: Flask, socketio: SocketIO) -> None:
    """Let every message of every browser come to the one handler."""
    allowance, senders = RateLimit(_MOST, _SECONDS), ActorCache(app.extensions["database"])

    def handle(name: str, *args: Any) -> Answer:
        try:
            _admit(allowance, _sid())  # before anything is read: a flood keeps nobody else waiting
            g.actor = _sender(senders, recent=name in OFTEN)
            _admit(allowance, f"person:{actor().person_id or _sid()}")
            return {"ok": True, **run_message(name, args)}
        except Exception as error:
            if isinstance(error, SignedOut):
                socketio.start_background_task(_disconnect, socketio, _sid())
            return _refused(name, error)

    socketio.on_event("*", handle)
    socketio.on_event("connect", _arrive)


def _admit(allowance: RateLimit, sender: str) -> None:
    if not allowance.take(sender):
        raise TooMany(_("That was a lot at once: wait a few seconds and try again."))


def _arrive(_auth: Any = None) -> None:
    """A connection keeps its sign-in, and is to end with it."""
    keep_session()
    key = current_key()
    if key:
        join_room(sign_in_room(digest_of(key)))


def _sender(senders: ActorCache, *, recent: bool) -> Any:
    """Who sends this message; SignedOut if the cookie's key has been revoked."""
    key = current_key()
    sender = senders.actor(key, recent=recent)
    if key and not sender.is_signed_in:
        raise SignedOut(_("You have been signed out. Sign in again and reload the page."))
    return sender


def run_message(name: str, args: tuple[Any, ...]) -> Answer:
    """Do what a message asks for, in the name of who sends this request; Refusal if it cannot."""
    message = MESSAGES.get(name)
    if message is None:
        raise NotFound(_("This message is not known here. Reload the page."))
    return message.run(**_load(message.schema(), args))


def _load(schema: Schema, args: tuple[Any, ...]) -> dict[str, Any]:
    if len(args) != 1 or not isinstance(args[0], dict):
        raise Invalid(_("The message cannot be read. Reload the page."))
    try:
        loaded: dict[str, Any] = schema.load(args[0])
    except ValidationError as error:
        raise Invalid(
            _("Something needs to be corrected"), fields=flatten(error.messages)
        ) from None
    return loaded


def _refused(name: str, error: Exception) -> Answer:
    """The answer to a message that was not done; it is counted."""
    if is_away(error):
        note_away(error)
        error = Busy(_("The archive does not answer. It is tried again shortly."))
    answer = _refusal(error) if isinstance(error, Refusal) else _fault(name, error)
    REFUSED.labels(name if name in MESSAGES else "unknown", answer["error"]).inc()
    return answer


def _refusal(refusal: Refusal) -> Answer:
    fields = {name: [str(s) for s in found] for name, found in refusal.fields.items()}
    answer = {"ok": False, "error": refusal.code, "detail": str(refusal.detail), "fields": fields}
    if isinstance(refusal, Busy):
        answer["retry_after"] = refusal.retry_after
    return answer


def _fault(name: str, error: Exception) -> Answer:
    """A fault of ours: the log gets all of it, the reader a number to quote."""
    reference = uuid4().hex[:8]
    _log.error("fault", reference=reference, message=name, exc_info=error)
    detail = _("Nothing was changed. If it happens again, quote %(ref)s.", ref=reference)
    return {"ok": False, "error": "fault", "detail": detail, "fields": {}}


def _disconnect(socketio: SocketIO, sid: str) -> None:
    """End a connection, a moment later, so that the answer arrives before."""
    socketio.sleep(0.2)
    socketio.server.disconnect(sid)


def _sid() -> str:
    return str(getattr(request, "sid", ""))
