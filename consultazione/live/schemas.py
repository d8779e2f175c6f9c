"""The shape of every message from a browser; ids travel under the name of the thing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate

from consultazione.live.frames import FOLLOWED
from consultazione.sittings.floor.models import LONGEST_SPEECH, HandKind, SpeakingOrder
from consultazione.sittings.polls.schemas import QuestionSchema
from consultazione.sittings.record import schemas as notes
from consultazione.web.fields import Choice, Line, Prose, Whole

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


class SuspendSchema(SittingSchema):
    """Why a sitting is suspended."""

    reason = Line(most=300, required=True)


class VideoSchema(SittingSchema):
    """Where a sitting can be seen; empty takes the video away."""

    video_url = Line(required=True, least=0, most=300)


class MovePointSchema(PointSchema):
    """A point, and the one before which it is put; null is last."""

    before = Whole(required=True, allow_none=True)


class AskSchema(SittingSchema):
    """A written question."""

    body = Prose(most=1000, required=True)


class WrittenSchema(KeyedSchema):
    """A written question that was asked."""

    question_id = Whole(data_key="question", required=True)


class HideSchema(WrittenSchema):
    """A question, and why it is not shown."""

    reason = Line(most=300, required=True)


class MergeSchema(WrittenSchema):
    """A question, and the one that asks the same."""

    into = Whole(required=True)


class AnswerSchema(WrittenSchema):
    """A question with its written answer; null for one that is answered live."""

    answer = Prose(most=5000, allow_none=True, load_default=None)


class NoteSchema(PointSchema, notes.NoteSchema):
    """The running note of a point."""


class PhraseSchema(SittingSchema, notes.PhraseSchema):
    """A stock phrase for the table of a sitting."""


class OwnPhraseSchema(KeyedSchema):
    """A stock phrase of a table."""

    phrase_id = Whole(data_key="phrase", required=True)


class StatementSchema(SittingSchema, notes.StatementSchema):
    """A statement for the record of a sitting."""


class MadeSchema(KeyedSchema):
    """A statement that was made."""

    statement_id = Whole(data_key="statement", required=True)


class HideStatementSchema(MadeSchema):
    """A statement, and why its words are left out."""

    reason = Line(most=300, required=True)


class CommitmentSchema(SittingSchema, notes.UndertakingSchema):
    """What somebody undertakes."""


class TakenSchema(KeyedSchema):
    """A commitment that was taken down."""

    commitment_id = Whole(data_key="commitment", required=True)


class ReviseSchema(TakenSchema, notes.UndertakingSchema):
    """A commitment as it is put down anew."""


class HandSchema(KeyedSchema):
    """A raised hand."""

    hand_id = Whole(data_key="hand", required=True)


class RaiseSchema(SittingSchema):
    """What somebody asks for the floor for."""

    hand_kind = Choice(HandKind, data_key="kind", load_default=HandKind.FLOOR)


class OrderSchema(SittingSchema):
    """How those who ask for the floor are put in order."""

    ordering = Choice(SpeakingOrder, required=True)


class LimitSchema(SittingSchema):
    """How long each may speak; null is without a limit."""

    seconds = Whole(required=True, allow_none=True, most=LONGEST_SPEECH)


class MoveSchema(HandSchema):
    """A hand, and the one before which it is put; null is last."""

    before = Whole(required=True, allow_none=True)


class ExtendSchema(HandSchema):
    """A hand that has the floor, and how many seconds its speaker has in all."""

    seconds = Whole(required=True, most=LONGEST_SPEECH)


class OpenPollSchema(SittingSchema, QuestionSchema):
    """A question to those present."""


class PollSchema(KeyedSchema):
    """A poll."""

    poll_id = Whole(data_key="poll", required=True)


class BallotSchema(PollSchema):
    """A choice in a poll."""

    choice = Line(most=300, required=True)


class RoomVotesSchema(PollSchema):
    """The votes that were counted in the room for one choice."""

    choice = Line(most=300, required=True)
    votes = Whole(least=0, most=1_000_000, required=True)
