"""Schemas of the roll and of attendance."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.sittings.attendance.marks import Mark
from consultazione.web.fields import AwareMoment, Email, Line, RomeMoment, Whole


class ExcuseSchema(Schema):
    """Who cannot come: a delegate, or nobody of the organisation; and why, if they say so."""

    person_id = Whole(load_default=None, allow_none=True)
    reason = Line(load_default="", least=0, most=300)


class ExpectSchema(Schema):
    """Who is expected again: a delegate, or the organisation as a whole."""

    person_id = Whole(load_default=None, allow_none=True)


class SubstituteSchema(Schema):
    """Who acts for a delegate, by the address of their account."""

    email = Email(required=True)


class MomentForm(Schema):
    """The moment at which the page shows who was there, as clocks in Italy show it."""

    momento = RomeMoment(required=True)


class MomentArgs(Schema):
    """The moment at which to say who was there; without one, of the whole sitting."""

    at = AwareMoment(load_default=None)
    after = Whole(load_default=0, least=0)
    limit = Whole(load_default=200, most=1000)


class IntervalOut(Schema):
    """From when and until when somebody was there; null while they are."""

    entered_at = fields.AwareDateTime()
    left_at = fields.AwareDateTime(allow_none=True)


class AttendedOut(Schema):
    """Somebody who was there, in whose name, with their intervals."""

    name = fields.String()
    organisation = fields.String(allow_none=True)
    category = fields.String(attribute="category.value")
    mark = fields.Enum(Mark, by_value=True)
    stays = fields.List(fields.Nested(IntervalOut))


class AttendanceOut(Schema):
    """How many were there; persons as `attendance.names` shows them to the reader."""

    count = fields.Integer()
    quorum = fields.Dict(allow_none=True)
    persons = fields.List(fields.Nested(AttendedOut))
    next = fields.String(allow_none=True)


class MarkedOut(Schema):
    """An organisation with a seat at the table, and its mark."""

    organisation_id = fields.Integer()
    organisation = fields.String()
    mark = fields.Enum(Mark, by_value=True)


class CodeForm(Schema):
    """The code of a hall, as somebody typed it."""

    code = Line(required=True, most=40)
