"""Schemas of the forms of tables, and of tables over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.tables.models import TableKind
from consultazione.tables.rights.schemas import RuleOut
from consultazione.web.fields import Choice, Line, PageArgs, Prose, ReasonSchema, Whole


class TableSchema(Schema):
    name = Line(required=True)
    kind = Choice(TableKind, required=True)
    remit = Prose(required=True, most=2000)
    coordinator = Line(least=0, load_default=None)


class SeatSchema(Schema):
    organisation_id = Whole(required=True)


class ReplaceMaterialSchema(ReasonSchema):
    version = Whole(required=True)


class RetitleMaterialSchema(ReplaceMaterialSchema):
    title = Line(required=True)


class MaterialSchema(Schema):
    title = Line(required=True)
    sitting_id = Whole(load_default=None, allow_none=True)


class TableOut(Schema):
    """A table of the zone."""

    id = fields.Integer()
    slug = fields.String()
    name = fields.String()
    kind = fields.Enum(TableKind, by_value=True)
    remit = fields.String()
    coordinator = fields.String(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    closed_reason = fields.String(allow_none=True)
    rule = fields.Nested(RuleOut)


class MaterialArgs(PageArgs):
    """Query arguments: materials of a table, after an id."""

    table_id = Whole(load_default=None)


class MaterialOut(Schema):
    """A document of a table; `url` is permanent and public."""

    id = fields.Integer()
    table_id = fields.Integer()
    sitting_id = fields.Integer(allow_none=True)
    title = fields.String()
    file_name = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    uploaded_at = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String(allow_none=True)
    demo = fields.Boolean()
