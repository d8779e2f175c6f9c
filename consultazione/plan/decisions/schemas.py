"""Schemas of the forms on strategies and decisions, and of both over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.plan.schemas import BlockOut
from consultazione.web.fields import Day, Line, Prose, Whole


class StrategySchema(Schema):
    title = Line(required=True, most=200)
    body = Prose(load_default="", least=0)


class DecisionSchema(StrategySchema):
    """A decision; by what it was decided is one of the last four."""

    decided_by = Line(required=True, most=200)
    decided_on = Day(required=True)
    priority_ids = fields.List(Whole(required=True), load_default=list)
    chapter_ids = fields.List(Whole(required=True), load_default=list)
    act_id = Whole(load_default=None)
    sitting_id = Whole(load_default=None)
    outcome_id = Whole(load_default=None)
    source = Line(load_default="", least=0, most=300)


class ReviseDecisionSchema(DecisionSchema):
    version = Whole(required=True)


class CarriedOutSchema(Schema):
    """The decisions that a block carries out."""

    decision_ids = fields.List(Whole(required=True), load_default=list)


class ServedOut(Schema):
    """A need or a priority that a decision answers."""

    id = fields.Integer()
    title = fields.String()
    is_need = fields.Boolean()


class PartOut(Schema):
    """A chapter that carries a decision out as a whole."""

    number = fields.Integer()


class DecisionOut(Schema):
    """A decision: who, when, by what; which needs it answers; what carries it out.

    Of `act_id`, `sitting_id`, `outcome_id` and `source` just one is not null.
    """

    id = fields.Integer()
    title = fields.String()
    body = fields.String()
    decided_by = fields.String()
    decided_on = fields.Date()
    act_id = fields.Integer(allow_none=True)
    sitting_id = fields.Integer(allow_none=True)
    outcome_id = fields.Integer(allow_none=True)
    source = fields.String(allow_none=True)
    priorities = fields.Nested(ServedOut, many=True)
    chapters = fields.Pluck(PartOut, "number", many=True)
    blocks = fields.Pluck(BlockOut, "id", many=True)
    revoked_at = fields.AwareDateTime(allow_none=True)
    revoked_reason = fields.String(allow_none=True)
    demo = fields.Boolean()


class StrategyOut(Schema):
    """A strategy with the decisions that follow it, revoked ones among them, by day."""

    id = fields.Integer()
    title = fields.String()
    body = fields.String()
    decisions = fields.List(fields.Nested(DecisionOut))
    demo = fields.Boolean()
