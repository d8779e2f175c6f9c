"""The schema of sharing in a zone's file: figures, criteria, items, what-ifs, asked residents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from consultazione.importing.parts import Part, Sum
from consultazione.sharing.budgets.models import BudgetMethod
from consultazione.sharing.criteria import CriterionKind
from consultazione.web.fields import Choice, Day, Email, Line, Prose, Whole

_MOST = 10**8


class FiguresFile(Part):
    """What is counted of a body in a year."""

    body = Line(required=True)
    year = Whole(required=True, least=1990, most=2200)
    population = Whole(load_default=None, most=_MOST)
    users = Whole(load_default=None, least=0, most=_MOST)
    source = Line(required=True)
    demo = fields.Boolean(load_default=False)


class PercentagesFile(Part):
    """The percentages of a mixed criterion, which make 100."""

    population = Sum()
    users = Sum()
    fixed = Sum()


class CriterionFile(Part):
    """parts: fixed parts by the names of bodies."""

    id = Line(required=True)
    name = Line(required=True, most=120)
    kind = Choice(CriterionKind, required=True)
    figures_year = Whole(required=True, least=1990, most=2200)
    percentages = fields.Nested(PercentagesFile, load_default=dict)
    parts = fields.Dict(keys=Line(), values=Whole(least=0), load_default=dict)


class SharedItemFile(Part):
    id = Line(required=True)
    year = Whole(required=True, least=1990, most=2200)
    title = Line(required=True)
    amount = Sum(required=True)
    criterion = Line(required=True)
    demo = fields.Boolean(load_default=False)


class WhatIfFile(Part):
    """What somebody tried out and stored: amounts and criteria of items, percentages."""

    id = Line(required=True)
    year = Whole(required=True, least=1990, most=2200)
    name = Line(required=True)
    by = Email(required=True)
    stored_on = Day(load_default=None)
    amounts = fields.Dict(keys=Line(), values=Sum(), load_default=dict)
    criteria = fields.Dict(keys=Line(), values=Line(), load_default=dict)
    percentages = fields.Dict(keys=Line(), values=fields.Nested(PercentagesFile), load_default=dict)


class BudgetItemFile(Part):
    """An item to choose; taken_up_by: the criterion by which it is paid for, if it was chosen."""

    title = Line(required=True)
    description = Prose(least=0, load_default="")
    cost = Sum(required=True)
    taken_up_by = Line(load_default=None)


class BudgetAnswerFile(Part):
    """given: a number for each item, in their order; 0 for one that gets nothing."""

    who = Email(required=True)
    given = fields.List(Whole(least=0), required=True)


class BudgetFile(Part):
    """A participatory budget: opened on a day, and closed if its last day is past."""

    year = Whole(required=True, least=1990, most=2200)
    title = Line(required=True)
    description = Prose(required=True)
    method = Choice(BudgetMethod, required=True)
    funds = Sum(required=True)
    points = Whole(load_default=100, most=1000)
    by = Email(required=True)
    opened_on = Day(load_default=None)
    closes_on = Day(load_default=None)
    closes_in_days = Whole(load_default=None, most=365)
    items = fields.List(fields.Nested(BudgetItemFile), required=True)
    answers = fields.List(fields.Nested(BudgetAnswerFile), load_default=list)
    demo = fields.Boolean(load_default=False)

    @validates_schema
    def ends_once(self, data: Mapping[str, Any], **_: Any) -> None:
        """The last day is given in one way."""
        if (data["closes_on"] is None) == (data["closes_in_days"] is None):
            raise ValidationError("Write either closes_on or closes_in_days.", "closes_on")
