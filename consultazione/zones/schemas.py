"""Schemas of the forms about the path, and of the zone over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.web.fields import Choice, Day, Line, Whole
from consultazione.zones.models import ActKind, BodyKind, PhaseKind, ZoneKind


class ActSchema(Schema):
    kind = Choice(ActKind, required=True)
    title = Line(required=True)
    number = Line(least=0, load_default=None)
    on_day = Day(required=True)
    body = Line(required=True)
    source = Line(required=True)


class OpenPhaseSchema(Schema):
    starts_on = Day(required=True)


class ClosePhaseSchema(Schema):
    act_id = Whole(required=True)
    closed_on = Day(required=True)


class BodyOut(Schema):
    """A public body that defines the plan."""

    name = fields.String()
    kind = fields.Enum(BodyKind, by_value=True)


class RequiredChapterOut(Schema):
    """A chapter that the plan must have."""

    id = fields.Integer()
    number = fields.Integer()
    title = fields.String()
    mandatory = fields.Boolean()


class PriorityOut(Schema):
    """A priority or a need that the cycle addresses."""

    title = fields.String()
    is_need = fields.Boolean()
    source = fields.String()


class ActOut(Schema):
    """A formal act."""

    id = fields.Integer()
    kind = fields.Enum(ActKind, by_value=True)
    title = fields.String()
    number = fields.String(allow_none=True)
    on_day = fields.Date()
    body = fields.String()
    source = fields.String()
    demo = fields.Boolean()


class PhaseOut(Schema):
    """A phase of the path."""

    id = fields.Integer()
    kind = fields.Enum(PhaseKind, by_value=True)
    title = fields.String()
    starts_on = fields.Date(allow_none=True)
    closed_on = fields.Date(allow_none=True)
    closing_act_id = fields.Integer(allow_none=True)


class ZoneOut(Schema):
    """The zone with its path."""

    id = fields.Integer()
    slug = fields.String()
    name = fields.String()
    kind = fields.Enum(ZoneKind, by_value=True)
    lead_body = fields.String()
    cycle_start = fields.Integer()
    cycle_end = fields.Integer()
    presentation = fields.String()
    demo = fields.Boolean()
    bodies = fields.List(fields.Nested(BodyOut))
    chapters = fields.List(fields.Nested(RequiredChapterOut))
    priorities = fields.List(fields.Nested(PriorityOut))
    phases = fields.List(fields.Nested(PhaseOut))
    acts = fields.List(fields.Nested(ActOut))


class CycleOut(Schema):
    """A cycle of a zone; `years` names it in addresses."""

    id = fields.Integer()
    years = fields.String()
    first_year = fields.Integer()
    last_year = fields.Integer()
    current = fields.Boolean()


class TerritoryOut(Schema):
    """A territory; `slug` names it in addresses."""

    slug = fields.String()


class ListedZoneOut(Schema):
    """A zone with its cycles; `slug` names it in addresses."""

    id = fields.Integer()
    slug = fields.String()
    name = fields.String()
    kind = fields.Enum(ZoneKind, by_value=True)
    lead_body = fields.String()
    presentation = fields.String()
    demo = fields.Boolean()
    territory = fields.Pluck(TerritoryOut, "slug", allow_none=True)
    cycles = fields.List(fields.Nested(CycleOut))


class HappeningOut(Schema):
    """An entry of the public log, without names and free text."""

    position = fields.Integer()
    stream = fields.String()
    number = fields.Integer()
    kind = fields.String()
    at = fields.AwareDateTime()
    digest = fields.String()


class LogArgs(Schema):
    """Query arguments: a family of streams or one stream, before a position."""

    which = Line(least=0, load_default="")
    before = Whole(least=0, load_default=0)
    limit = Whole(load_default=50, most=200)
