"""Schemas of the room and its chronicle, as programs read them."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.web.fields import Whole


class EntryArgs(Schema):
    """Which entries of a chronicle: those after a number."""

    after = Whole(load_default=0, least=0)


class EntryOut(Schema):
    """An entry of a sitting's stream."""

    number = fields.Integer()
    kind = fields.String()
    at = fields.String(metadata={"format": "date-time"})
    data = fields.Dict()


class RoomOut(Schema):
    """The room at one moment, and the number of the last entry that it holds."""

    sitting = fields.Dict()
    number = fields.Integer()
    agenda = fields.List(fields.Dict())
    hands = fields.List(fields.Dict())
    floor = fields.Dict(allow_none=True)
    speakers = fields.Dict()
    questions = fields.List(fields.Dict())
    unseen = fields.Integer()
    hidden = fields.Integer()
    record = fields.Dict()
    polls = fields.List(fields.Dict())
    chronicle = fields.List(fields.Nested(EntryOut))
    people = fields.Dict()
    presence = fields.Dict()
    turnout = fields.Dict(allow_none=True)
