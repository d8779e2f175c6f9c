"""The shape of every message from a browser; ids travel under the name of the thing.

What a message says beside its ids has the shape that REST knows, with the same limits: that of
the part of a sitting whose command it runs.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate

from consultazione.live.frames import FOLLOWED
from consultazione.sittings.chat import schemas as chat
from consultazione.sittings.floor import schemas as floor
from consultazione.sittings.floor.models import HandKind
from consultazione.sittings.lifecycle.schemas import (
    BeginningSchema,
    ClosingSchema,
    SuspensionSchema,
)
from consultazione.sittings.polls import schemas as polls
from consultazione.sittings.questions import schemas as questions
from consultazione.sittings.record import schemas as record
from consultazione.sittings.schemas import PlaceSchema, ReasonSchema
from consultazione.sittings.video import schemas as video
from consultazione.web.fields import Choice, Line, Whole

_FOLLOWED = validate.Regexp(
    rf"({'|'.join(FOLLOWED)}):[1-9][0-9]{{0,15}}\Z",
    error=_("This cannot be followed."),
)


class KeyedSchema(Schema):
    """An act, and the random key by which a repeat of it is recognised."""

    key = fields.UUID(
        load_default=None,
        allow_none=True,
        error_messages={"invalid_uuid": _("This is no key of an act.")},
    )


class SittingSchema(KeyedSchema):
    """An act in a sitting."""

    sitting_id = Whole(data_key="sitting", required=True)


class RoomSchema(Schema):
    """The room of a sitting."""

    sitting_id = Whole(data_key="sitting", required=True)


class EnterSchema(RoomSchema):
    """A sitting, and the last number that the browser knows of it."""

    after = Whole(least=0, load_default=None)


class FollowSchema(Schema):
    """A public stream, and the last number that the browser knows of it."""

    stream = Line(most=40, required=True, validate=[_FOLLOWED])
    after = Whole(least=0, load_default=0)


class PointSchema(KeyedSchema):
    """A point of an agenda."""

    point_id = Whole(data_key="point", required=True)


class BeginSchema(SittingSchema, BeginningSchema):
    """The beginning of a sitting, or of its roll call."""


class CloseSchema(SittingSchema, ClosingSchema):
    """The closing of a sitting, and what becomes of what is left."""


class SuspendSchema(SittingSchema, SuspensionSchema):
    """Why a sitting is suspended."""


class VideoSchema(SittingSchema, video.VideoSchema):
    """Where a sitting can be seen; empty takes the video away."""


class MovePointSchema(PointSchema, PlaceSchema):
    """A point, and the one before which it is put; null is last."""


class AskSchema(SittingSchema, questions.AskedSchema):
    """A written question."""


class WrittenSchema(KeyedSchema):
    """A written question that was asked."""

    question_id = Whole(data_key="question", required=True)


class HideSchema(WrittenSchema, ReasonSchema):
    """A question, and why it is not shown."""


class MergeSchema(WrittenSchema, questions.IntoSchema):
    """A question, and the one that asks the same."""


class AnswerSchema(WrittenSchema, questions.AnswerSchema):
    """A question with its written answer; null for one that is answered live."""


class WriteInChatSchema(SittingSchema, chat.WrittenMessageSchema):
    """A message of the chat of a sitting."""


class ChatMessageSchema(KeyedSchema):
    """A message of a chat that was written."""

    chat_message_id = Whole(data_key="chat_message", required=True)


class HideChatMessageSchema(ChatMessageSchema, ReasonSchema):
    """A message of a chat, and why it is hidden."""


class NoteSchema(PointSchema, record.NoteSchema):
    """The running note of a point."""


class PhraseSchema(SittingSchema, record.PhraseSchema):
    """A stock phrase for the table of a sitting."""


class OwnPhraseSchema(KeyedSchema):
    """A stock phrase of a table."""

    phrase_id = Whole(data_key="phrase", required=True)


class StatementSchema(SittingSchema, record.StatementSchema):
    """A statement for the record of a sitting."""


class MadeSchema(KeyedSchema):
    """A statement that was made."""

    statement_id = Whole(data_key="statement", required=True)


class HideStatementSchema(MadeSchema, ReasonSchema):
    """A statement, and why its words are left out."""


class CommitmentSchema(SittingSchema, record.UndertakingSchema):
    """What somebody undertakes."""


class TakenSchema(KeyedSchema):
    """A commitment that was taken down."""

    commitment_id = Whole(data_key="commitment", required=True)


class ReviseSchema(TakenSchema, record.UndertakingSchema):
    """A commitment as it is put down anew."""


class HandSchema(KeyedSchema):
    """A raised hand."""

    hand_id = Whole(data_key="hand", required=True)


class RaiseSchema(SittingSchema):
    """What somebody asks for the floor for."""

    hand_kind = Choice(HandKind, data_key="kind", load_default=HandKind.FLOOR)


class OrderSchema(SittingSchema, floor.OrderSchema):
    """How those who ask for the floor are put in order."""


class LimitSchema(SittingSchema, floor.LimitSchema):
    """How long each may speak; null is without a limit."""


class QuotasSchema(SittingSchema, floor.QuotasSchema):
    """How long each category may speak in all."""


class MoveSchema(HandSchema, PlaceSchema):
    """A hand, and the one before which it is put; null is last."""


class ExtendSchema(HandSchema, floor.ExtensionSchema):
    """A hand that has the floor, and how many seconds its speaker has in all."""


class OpenPollSchema(SittingSchema, polls.QuestionSchema):
    """A question to those present."""


class PollSchema(KeyedSchema):
    """A poll."""

    poll_id = Whole(data_key="poll", required=True)


class AnnulSchema(PollSchema, ReasonSchema):
    """A poll, and why it is annulled."""


class BallotSchema(PollSchema, polls.GestureSchema):
    """A choice in a poll."""


class RoomVotesSchema(PollSchema, polls.RoomVotesSchema):
    """The votes that were counted in the room for one choice."""
