"""Schemas of opinion maps: their forms, and what REST takes and tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from marshmallow import Schema, fields, post_load, validate

from consultazione.web.fields import Line, Prose, RomeMoment, Whole

MOST_LETTERS = 280


class OpinionSchema(Schema):
    """A statement as it is proposed."""

    body = Line(required=True, least=10, most=MOST_LETTERS)


class OpinionBody(TypedDict):
    """What `OpinionSchema` reads."""

    body: str


class OpinionMapSchema(Schema):
    """An opinion map as it is opened, a statement a line."""

    title = Line(required=True, least=5)
    question = Prose(load_default="", least=0, most=2000)
    opinions = Prose(required=True, most=150_000)
    closes_at = RomeMoment(required=True)
    least_group = Whole(load_default=5, least=2, most=1000)

    @post_load
    def _lines(self, data: Mapping[str, Any], **_kwargs: Any) -> Mapping[str, object]:
        lines = [line.strip() for line in data["opinions"].splitlines()]
        return {**data, "opinions": [line for line in lines if line]}


class OpinionAnswerSchema(Schema):
    """What somebody thinks of a statement: 1 agree, -1 disagree, 0 pass."""

    value = Whole(required=True, least=-1, most=1)


class OpinionValue(TypedDict):
    """What `OpinionAnswerSchema` reads."""

    value: int


class OpinionOut(Schema):
    """A statement that people answer."""

    id = fields.Integer(required=True)
    number = fields.Integer(required=True)
    body = fields.String(required=True)


class _Tally(Schema):
    """How many agreed, disagreed and passed."""

    agree = fields.Integer(required=True)
    disagree = fields.Integer(required=True)
    passed = fields.Integer(required=True)


class _OfStatement(_Tally):
    """What all think of a statement, and each group."""

    number = fields.Integer(required=True)
    groups = fields.List(fields.Nested(_Tally), required=True)


class _Stand(Schema):
    """A statement with the answer to it of a group, or of everybody."""

    statement = fields.Integer(required=True)
    answer = fields.String(required=True, validate=validate.OneOf(["agree", "disagree"]))


class _Group(Schema):
    """People who stand together."""

    name = fields.String(required=True)
    size = fields.Integer(required=True)
    stands = fields.List(fields.Nested(_Stand), required=True)


class _Cell(Schema):
    """A place of the drawing, with how many of a group are there."""

    x = fields.Integer(required=True)
    y = fields.Integer(required=True)
    group = fields.String(required=True)
    count = fields.Integer(required=True)


class PictureOut(Schema):
    """A map as it is drawn."""

    participants = fields.Integer(required=True)
    placed = fields.Integer(required=True)
    groups = fields.List(fields.Nested(_Group), required=True)
    statements = fields.List(fields.Nested(_OfStatement), required=True)
    common = fields.List(fields.Nested(_Stand), required=True)
    dividing = fields.List(fields.Integer(), required=True)
    cells = fields.List(fields.Nested(_Cell), required=True)


class OpinionMapOut(Schema):
    """An opinion map with the statements that people answer, and its picture once it is drawn."""

    id = fields.Integer(required=True)
    table_id = fields.Integer(required=True)
    title = fields.String(required=True)
    question = fields.String(required=True)
    least_group = fields.Integer(required=True)
    opened_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    drawn_at = fields.AwareDateTime(required=True, allow_none=True)
    opinions = fields.List(fields.Nested(OpinionOut), required=True, attribute="admitted")
    picture = fields.Nested(PictureOut, required=True, allow_none=True)
