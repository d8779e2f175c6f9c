"""The table of messages: what a browser may say, in which shape, and which command answers.

A message that comes by the thousand goes through a group (`batched_commands`); every other
act has a transaction of its own, and waits for one of the process's slots.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import Schema

from consultazione.core import idempotency
from consultazione.core.db import Transaction
from consultazione.live import polls, record, rooms, schemas
from consultazione.live.batched_commands import batched
from consultazione.live.beside import applause, chat
from consultazione.live.brakes.concurrency_limit import ConcurrencyLimit
from consultazione.live.contract import Done
from consultazione.sittings.agenda.commands.order import move_point
from consultazione.sittings.chat.commands.course import close_chat, open_chat
from consultazione.sittings.chat.commands.messages import (
    hide_chat_message,
    show_chat_message,
    write_chat_message,
)
from consultazione.sittings.floor.commands.floor import end_floor, give_floor, withdraw_hand
from consultazione.sittings.floor.commands.speakers import (
    choose_order,
    extend_floor,
    limit_time,
    move_hand,
    set_speaking_quotas,
)
from consultazione.sittings.lifecycle.commands.breaks import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.lifecycle.commands.opening import (
    call_roll,
    close_sitting,
    open_sitting,
)
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.polls.commands.annulling import annul_poll
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
from consultazione.web.request_db import release_snapshot, transaction

# What an answer says beside that it is done: one of `contract.ANSWERS`.
Answer = Mapping[str, object]
_concurrency = ConcurrencyLimit()


@dataclass(frozen=True)
class Message:
    """A message: the shape of its fields, and what it does with them.

    run: takes the loaded fields; gives what the answer says beside `ok`.
    """

    schema: type[Schema]
    run: Callable[..., Answer]


def _nothing(_done: Any) -> Done:
    """No more to say than that it is done."""
    return {}


def _in_turn(run: Callable[..., Answer]) -> Callable[..., Answer]:
    """Runs what opens a transaction of its own, a limited number at once."""

    def waiting(**fields: Any) -> Answer:
        release_snapshot()  # a request that waits holds no connection
        with _concurrency.slot():
            return run(**fields)

    return waiting


def _does(
    command: Callable[..., Any], says: Callable[[Any], Answer] = _nothing
) -> Callable[..., Answer]:
    """Run a command for the sender of the message; idempotent by the message's key.

    says: what the answer tells of what the command returned.
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
    "sitting.call_roll": Message(schemas.BeginSchema, _does(call_roll)),
    "sitting.open": Message(schemas.BeginSchema, _does(open_sitting)),
    "quorum.verify": Message(schemas.SittingSchema, _does(verify_quorum)),
    "sitting.close": Message(schemas.CloseSchema, _does(close_sitting)),
    "agenda.start": Message(schemas.PointSchema, _does(start_point)),
    "sitting.suspend": Message(schemas.SuspendSchema, _does(suspend_sitting)),
    "sitting.resume": Message(schemas.SittingSchema, _does(resume_sitting)),
    "sitting.set_video": Message(schemas.VideoSchema, _does(set_video)),
    "agenda.suspend": Message(schemas.PointSchema, _does(suspend_point)),
    "agenda.move": Message(schemas.MovePointSchema, _does(move_point)),
    "agenda.close": Message(schemas.PointSchema, _does(close_point)),
    "hand.raise": Message(schemas.RaiseSchema, batched("hand.raise")),
    "hand.withdraw": Message(schemas.HandSchema, _does(withdraw_hand)),
    "questions.mine": Message(schemas.RoomSchema, rooms.own_questions),
    "question.ask": Message(schemas.AskSchema, _does(ask_question)),
    "question.upvote": Message(schemas.WrittenSchema, batched("question.upvote")),
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
    "chat.open": Message(schemas.SittingSchema, _does(open_chat)),
    "chat.close": Message(schemas.SittingSchema, _does(close_chat)),
    "chat.read": Message(schemas.RoomSchema, chat.read),
    "chat.write": Message(schemas.WriteInChatSchema, _does(write_chat_message)),
    "chat.hide": Message(schemas.HideChatMessageSchema, _does(hide_chat_message)),
    "chat.show": Message(schemas.ChatMessageSchema, _does(show_chat_message)),
    "applause.give": Message(schemas.SittingSchema, applause.applaud),
    "hand.move": Message(schemas.MoveSchema, _does(move_hand)),
    "speakers.order": Message(schemas.OrderSchema, _does(choose_order)),
    "speakers.limit": Message(schemas.LimitSchema, _does(limit_time)),
    "speakers.quotas": Message(schemas.QuotasSchema, _does(set_speaking_quotas)),
    "floor.extend": Message(schemas.ExtendSchema, _does(extend_floor)),
    "floor.give": Message(schemas.HandSchema, _does(give_floor)),
    "floor.end": Message(schemas.HandSchema, _does(end_floor)),
    "poll.open": Message(schemas.OpenPollSchema, _does(open_poll)),
    "poll.close": Message(schemas.PollSchema, _does(close_poll)),
    "poll.annul": Message(schemas.AnnulSchema, _does(annul_poll)),
    "poll.count_room": Message(schemas.RoomVotesSchema, _in_turn(polls.count_room)),
    "ballot.receipt": Message(schemas.PollSchema, _in_turn(polls.receipt)),
    "ballot.cast": Message(schemas.BallotSchema, batched("ballot.cast")),
}

# What everybody may say who is signed in, and says by the thousand.
OFTEN = frozenset(
    {
        "enter",
        "here",
        "ballot.cast",
        "hand.raise",
        "hand.withdraw",
        "question.upvote",
        "applause.give",
    }
)
