"""Schemas of the zone's answer, and of provincial programmes over REST."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate

from consultazione.provincial.models import ForwardState, Section
from consultazione.web.fields import Amount, Choice, Line, Prose, Whole

_ANSWERS = validate.OneOf(
    [ForwardState.ACCEPTED, ForwardState.REFUSED], error=_("Choose one of the answers offered.")
)


class ProgrammeSchema(Schema):
    first_year = Whole(required=True, least=1990, most=2100)
    last_year = Whole(required=True, least=1990, most=2100)


class TableSchema(Schema):
    section = Choice(Section, required=True)
    name = Line(required=True, least=3)
    remit = Prose(required=True, most=2000)


class ProjectSchema(Schema):
    programme_id = Whole(required=True)
    table_id = Whole(required=True)
    title = Line(required=True, least=3)
    body = Prose(required=True, least=10)
    amount = Amount(load_default=None)


class ProjectAnswerSchema(Schema):
    """A zone's answer, with its reason."""

    answer = Choice(ForwardState, required=True, validate=_ANSWERS)
    reason = Prose(required=True, least=10, most=4000)


class ZoneAnswerOut(Schema):
    """What a zone answered to a project; the reason is null while it has not."""

    id = fields.Integer()
    zone = fields.String(attribute="zone.slug")
    cycle = fields.String(attribute="cycle.years")
    state = fields.Enum(ForwardState, by_value=True)
    reason = fields.String(allow_none=True)
    forwarded_at = fields.AwareDateTime()
    answered_at = fields.AwareDateTime(allow_none=True)


class ProjectOut(Schema):
    """A project with its table of origin; the amount is a decimal in euro, as text."""

    id = fields.Integer()
    section = fields.Enum(Section, by_value=True)
    title = fields.String()
    body = fields.String()
    table = fields.String(attribute="table.name")
    amount = fields.Decimal(as_string=True, allow_none=True)
    demo = fields.Boolean()


class AnsweredProjectOut(Schema):
    """A project, and what each zone to which it was forwarded answered."""

    project = fields.Nested(ProjectOut)
    zones = fields.List(fields.Nested(ZoneAnswerOut))


class ReceivedOut(Schema):
    """A project that the zone received, and its answer."""

    id = fields.Integer()
    project = fields.Nested(ProjectOut)
    state = fields.Enum(ForwardState, by_value=True)
    reason = fields.String(allow_none=True)
    forwarded_at = fields.AwareDateTime()
    answered_at = fields.AwareDateTime(allow_none=True)
