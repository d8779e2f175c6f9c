"""The schema of the money in a zone's file: funds with their earmarks, annual programmes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from consultazione.importing.parts import Part, Sum
from consultazione.programme.kinds import (
    AreaOfUse,
    InterventionKind,
    MacroLevel,
    PolicyArea,
    ResourceKind,
)
from consultazione.web.fields import Choice, Day, Email, Line, Prose, Whole

# What an intervention needs, unless it goes on with one of an earlier year that has it.
NEEDED = ("title", "kind", "level", "area", "lead_body")


class EarmarkFile(Part):
    """A purpose for which a part of a fund is reserved, and where it lies."""

    purpose = Line(required=True)
    percent = Sum(required=True)
    level = Choice(MacroLevel, load_default=None)
    area = Choice(AreaOfUse, load_default=None)
    policy = Choice(PolicyArea, load_default=None)
    source = Line(load_default="")


class FundFile(Part):
    code = Line(required=True, most=40)
    name = Line(required=True)
    source = Line(load_default="")
    earmarks = fields.List(fields.Nested(EarmarkFile), load_default=list)
    demo = fields.Boolean(load_default=False)


class FundAmountFile(Part):
    fund = Line(required=True)
    amount = Sum(required=True)


class ShareFile(Part):
    body = Line(required=True)
    fund = Line(required=True)
    amount = Sum(required=True)
    spent = Sum(load_default=None)
    activated_by_consultation = fields.Boolean(load_default=False)


class ResourceFile(Part):
    kind = Choice(ResourceKind, required=True)
    description = Line(required=True)
    quantity = Sum(required=True)
    unit = Line(required=True)
    activated_by_consultation = fields.Boolean(load_default=False)


class IndicatorFile(Part):
    name = Line(required=True)
    unit = Line(required=True)
    target = Sum(required=True)
    source = Line(required=True)
    responsible = Line(required=True)
    measured = Sum(load_default=None)
    measured_on = Day(load_default=None)
    evidence = Prose(load_default=None)

    @validates_schema
    def measured_whole(self, data: Mapping[str, Any], **_: Any) -> None:
        """A measure comes with its day and its evidence, or not at all."""
        told = [data[name] is not None for name in ("measured", "measured_on", "evidence")]
        if any(told) and not all(told):
            raise ValidationError("Write measured, measured_on and evidence together.", "measured")


class InterventionFile(Part):
    """With `continues`, whatever is left out of the sheet is as in the earlier intervention."""

    id = Line(required=True)
    continues = Line(load_default=None)
    kind = Choice(InterventionKind)
    title = Line()
    scheda = Line(least=0)
    regional_area = Line(least=0)
    level = Choice(MacroLevel)
    area = Choice(AreaOfUse)
    policies = fields.List(Choice(PolicyArea))
    lead_body = Line()
    bodies = fields.List(Line())
    needs = fields.List(Line())
    table = Line(allow_none=True)
    objectives = Prose(least=0)
    actions = Prose(least=0)
    recipients = Prose(least=0)
    integration = Prose(least=0)
    total = Sum(required=True)
    shares = fields.List(fields.Nested(ShareFile), load_default=list)
    resources = fields.List(fields.Nested(ResourceFile), load_default=list)
    indicators = fields.List(fields.Nested(IndicatorFile), load_default=list)
    demo = fields.Boolean(load_default=False)

    @validates_schema
    def has_sheet(self, data: Mapping[str, Any], **_: Any) -> None:
        """What goes on with nothing has a sheet of its own."""
        missing = [name for name in NEEDED if name not in data]
        if data["continues"] is None and missing:
            raise ValidationError("Please fill in this field.", missing[0])


class ProgrammeFile(Part):
    """An annual programme. by: who of the plan office wrote it, by e-mail address."""

    year = Whole(required=True, least=1990, most=2200)
    by = Email(load_default=None)
    opened_on = Day(load_default=None)
    approved_by = Line(load_default=None)
    reviewed_on = Day(load_default=None)
    funds = fields.List(fields.Nested(FundAmountFile), load_default=list)
    interventions = fields.List(fields.Nested(InterventionFile), load_default=list)
    demo = fields.Boolean(load_default=False)
