"""Schemas of the room and its chronicle, as programs read them."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.sittings.room.entries import PAGE
from consultazione.web.fields import Whole

# At most so many entries in one answer.
MOST_ENTRIES = 500


class EntryArgs(Schema):
    """Which entries of a chronicle: those after a number."""

    after = Whole(load_default=0, least=0)


class EntryPageArgs(Schema):
    """Which entries of a chronicle: the first after a number, or the last before one."""

    after = Whole(load_default=None, least=0)
    before = Whole(load_default=None)
    limit = Whole(load_default=PAGE, most=MOST_ENTRIES)


class LineArgs(Schema):
    """Which sentences of a chronicle: the last before a number, else the newest."""

    before = Whole(load_default=None)


class LineOut(Schema):
    """An entry of a sitting's stream as a sentence in the reader's language."""

    number = fields.Integer()
    kind = fields.String()
    at = fields.AwareDateTime()
    sentence = fields.String()


class LinePage(Schema):
    """Sentences, the newest first, and where the earlier ones are; null at the beginning."""

    items = fields.List(fields.Nested(LineOut))
    next = fields.String(allow_none=True)


class EntryOut(Schema):
    """An entry of a sitting's stream."""

    number = fields.Integer()
    kind = fields.String()
    at = fields.String(metadata={"format": "date-time"})
    data = fields.Dict()
    person_id = fields.Integer(
        metadata={"description": "Whose hand it is about, where `data` has only the hand's id."}
    )
    votes = fields.Dict(
        allow_none=True,
        metadata={
            "description": "Who voted what, at the end of an open poll; null if they are many."
        },
    )


class RoomOut(Schema):
    """The room at one moment, and the number of the last entry that it holds.

    Of the chronicle, the polls and the questions it holds the newest.
    """

    sitting = fields.Dict()
    number = fields.Integer()
    agenda = fields.List(fields.Dict())
    hands = fields.List(fields.Dict())
    floor = fields.Dict(allow_none=True)
    speakers = fields.Dict()
    questions = fields.List(fields.Dict())
    more_questions = fields.Integer()
    unseen = fields.Integer()
    hidden = fields.Integer()
    record = fields.Dict()
    polls = fields.List(fields.Dict())
    chronicle = fields.List(fields.Nested(EntryOut))
    people = fields.Dict()
    presence = fields.Dict()
    turnout = fields.Dict(allow_none=True)
