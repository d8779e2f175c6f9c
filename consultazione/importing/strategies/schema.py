"""The schema of strategies in a zone's file, with the decisions that follow them."""

from __future__ import annotations

from collections.abc import Mapping

from marshmallow import ValidationError, fields, validates_schema

from consultazione.importing.parts import Part
from consultazione.web.fields import Day, Line, Prose, Whole


class DecisionFile(Part):
    """By what it was decided: `act`, the id of an act of the file, or `source`, in words."""

    title = Line(required=True)
    body = Prose(load_default="", least=0)
    decided_by = Line(required=True)
    decided_on = Day(required=True)
    act = Line(load_default=None)
    source = Line(load_default=None, most=300)
    needs = fields.List(Line(), load_default=list)
    chapters = fields.List(Whole(), load_default=list)
    demo = fields.Boolean(load_default=False)

    @validates_schema
    def has_one_basis(self, data: Mapping[str, object], **_kwargs: object) -> None:
        """Exactly one of the two ways to say by what."""
        if (data["act"] is None) == (data["source"] is None):
            raise ValidationError("give either act or source", "source")


class StrategyFile(Part):
    title = Line(required=True)
    body = Prose(load_default="", least=0)
    decisions = fields.List(fields.Nested(DecisionFile), load_default=list)
    demo = fields.Boolean(load_default=False)
