"""Schemas of the forms that merge, divide and forward proposals, and of lineage over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.proposals.lineage.models import Way
from consultazione.web.fields import Line, Prose, ReasonSchema, Whole


class MergeSchema(ReasonSchema):
    """Which proposal another one is merged into, and why."""

    into_id = Whole(required=True)


class ForwardSchema(ReasonSchema):
    """To which table a proposal is forwarded, and why."""

    table_id = Whole(required=True)


class DivideSchema(ReasonSchema):
    """The two texts that a proposal becomes, and why."""

    version = Whole(required=True)
    title = Line(required=True, least=5, most=140)
    body = Prose(required=True, least=20)
    other_title = Line(required=True, least=5, most=140)
    other_body = Prose(required=True, least=20)


class LineageOut(Schema):
    """That a proposal continues in another one."""

    from_id = fields.Integer()
    to_id = fields.Integer()
    way = fields.Enum(Way, by_value=True)
    reason = fields.String()
    at = fields.AwareDateTime()
