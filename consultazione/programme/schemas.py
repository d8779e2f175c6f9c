"""Schemas of the plan office's forms on the programme, and of the programme over REST."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypedDict

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, post_load

from consultazione.programme.kinds import (
    AreaOfUse,
    InterventionKind,
    MacroLevel,
    PolicyArea,
    ProgrammeState,
    ResourceKind,
)
from consultazione.programme.sheet import NewShare, Sheet
from consultazione.web.fields import Amount, Choice, Day, Line, PageArgs, Prose, Whole


class _Rows(TypedDict):
    """What was typed into the form that shares a cost out: a list for each column."""

    total: Decimal
    reason: str
    body_id: list[int | None]
    fund_id: list[int | None]
    amount: list[Decimal | None]
    activated: list[int]


class _Spent(TypedDict):
    """What was typed into the form of what was spent."""

    share_id: list[int]
    spent: list[Decimal | None]


class _Corrects(Schema):
    """A change that needs a reason once the programme is approved."""

    reason = Prose(load_default="", least=0, most=2000)


class SheetSchema(_Corrects):
    """The sheet of an intervention."""

    kind = Choice(InterventionKind, required=True)
    title = Line(required=True)
    scheda = Line(load_default="", least=0)
    regional_area = Line(load_default="", least=0)
    level = Choice(MacroLevel, required=True)
    area = Choice(AreaOfUse, required=True)
    policies = fields.List(Choice(PolicyArea), load_default=list)
    lead_body_id = Whole(required=True)
    body_ids = fields.List(Whole(), load_default=list)
    priority_ids = fields.List(Whole(), load_default=list)
    table_id = Whole(load_default=None)
    continues_id = Whole(load_default=None)
    objectives = Prose(load_default="", least=0)
    actions = Prose(load_default="", least=0)
    recipients = Prose(load_default="", least=0)
    integration = Prose(load_default="", least=0)

    @post_load
    def _gathered(self, values: Mapping[str, Any], **_kwargs: Any) -> Mapping[str, object]:
        of_sheet = {name: value for name, value in values.items() if name != "reason"}
        return {"reason": values["reason"], "sheet": Sheet(**of_sheet)}


class CostSchema(_Corrects):
    """A total and its shares, one in each row of the form; a row without amount is none.

    activated: the numbers of the rows that the consultation found, from 0.
    """

    total = Amount(required=True)
    body_id = fields.List(Whole(allow_none=True), load_default=list)
    fund_id = fields.List(Whole(allow_none=True), load_default=list)
    amount = fields.List(Amount(allow_none=True), load_default=list)
    activated = fields.List(Whole(least=0), load_default=list)

    @post_load
    def _gathered(self, values: _Rows, **_kwargs: Any) -> Mapping[str, object]:
        return {
            "total": values["total"],
            "reason": values["reason"],
            "shares": list(_filled(values)),
        }


def _filled(values: _Rows) -> Iterator[NewShare]:
    """The rows that have an amount; ValidationError if one does not say who pays it."""
    rows = zip(values["body_id"], values["fund_id"], values["amount"], strict=False)
    for number, (body_id, fund_id, amount) in enumerate(rows):
        if amount is None:
            continue
        if body_id is None or fund_id is None:
            sentence = str(_("Choose who pays, and from which fund."))
            raise ValidationError({f"amount.{number}": [sentence]})
        yield NewShare(
            body_id=body_id,
            fund_id=fund_id,
            amount=amount,
            activated_by_consultation=number in values["activated"],
        )


class SpendingSchema(Schema):
    """What was spent of each share; an empty amount is not known."""

    share_id = fields.List(Whole(), load_default=list)
    spent = fields.List(Amount(allow_none=True), load_default=list)

    @post_load
    def _gathered(self, values: _Spent, **_kwargs: Any) -> Mapping[str, object]:
        pairs = zip(values["share_id"], values["spent"], strict=False)
        return {"spent": {number: amount for number, amount in pairs if amount is not None}}


class ResourceSchema(_Corrects):
    resource_kind = Choice(ResourceKind, required=True)
    description = Line(required=True)
    quantity = Amount(required=True)
    unit = Line(required=True)
    activated_by_consultation = fields.Boolean(load_default=False)


class IndicatorSchema(_Corrects):
    name = Line(required=True)
    unit = Line(required=True)
    target = Amount(required=True)
    source = Line(required=True)
    responsible = Line(required=True)


class MeasureSchema(Schema):
    measured = Amount(required=True)
    on_day = Day(required=True)
    evidence = Prose(required=True, least=10, most=4000)


class FundSchema(Schema):
    code = Line(required=True, most=40)
    name = Line(required=True)
    source = Line(load_default="", least=0)


class EarmarkSchema(Schema):
    """A purpose of a fund; it names a level, an area or a policy."""

    purpose = Line(required=True)
    level = Choice(MacroLevel, load_default=None)
    area = Choice(AreaOfUse, load_default=None)
    policy = Choice(PolicyArea, load_default=None)
    percent = Amount(required=True)
    source = Line(load_default="", least=0)


class FundAmountSchema(_Corrects):
    amount = Amount(load_default=None)


class ApprovalSchema(Schema):
    """The act that approves a programme, and the last of its entries that was read."""

    act_id = Whole(required=True)
    seen = Whole(load_default=None)


class OfProgrammeArgs(PageArgs):
    """Query arguments: of the programme of one year, what comes after an id."""

    year = Whole(required=True, most=9999)


class ProgrammeOut(Schema):
    """The programme of a year with its sums in euro; `spent` as far as it is known."""

    id = fields.Integer(attribute="programme.id")
    year = fields.Integer()
    state = fields.Enum(ProgrammeState, by_value=True, attribute="programme.state")
    act_id = fields.Integer(attribute="programme.act_id", allow_none=True)
    demo = fields.Boolean(attribute="programme.demo")
    interventions = fields.Integer()
    planned = fields.Decimal(places=2, as_string=True, attribute="sum.planned")
    spent = fields.Decimal(places=2, as_string=True, attribute="sum.spent")
    activated = fields.Decimal(places=2, as_string=True, attribute="sum.activated")


class InterventionOut(Schema):
    """An intervention; its total in euro."""

    id = fields.Integer()
    programme_id = fields.Integer()
    continues_id = fields.Integer(allow_none=True)
    kind = fields.Enum(InterventionKind, by_value=True)
    title = fields.String()
    scheda = fields.String()
    regional_area = fields.String()
    level = fields.Enum(MacroLevel, by_value=True)
    area = fields.Enum(AreaOfUse, by_value=True)
    policies = fields.List(fields.String())
    lead_body_id = fields.Integer()
    table_id = fields.Integer(allow_none=True)
    objectives = fields.String()
    actions = fields.String()
    recipients = fields.String()
    integration = fields.String()
    total = fields.Decimal(places=2, as_string=True)
    updated_at = fields.AwareDateTime()
    demo = fields.Boolean()


class ProjectOriginOut(Schema):
    """A project of the province that the zone accepted; `id`: of what the zone received."""

    id = fields.Integer()
    project_id = fields.Integer()
    title = fields.String(attribute="project.title")
    answered_at = fields.AwareDateTime()


class BudgetItemOriginOut(Schema):
    """What a participatory budget chose; its cost in euro."""

    id = fields.Integer()
    budget_id = fields.Integer()
    title = fields.String()
    cost = fields.Decimal(places=2, as_string=True)


class VoteOriginOut(Schema):
    """A vote that carried a stored what-if, by which the cost was shared."""

    scenario_id = fields.Integer()
    scenario = fields.String(attribute="scenario.name")
    poll_id = fields.Integer()
    applied_at = fields.AwareDateTime()


class OriginOut(Schema):
    """Where an intervention comes from, as far as it comes from elsewhere; votes newest first."""

    project = fields.Nested(ProjectOriginOut, allow_none=True)
    budget_item = fields.Nested(BudgetItemOriginOut, allow_none=True)
    votes = fields.List(fields.Nested(VoteOriginOut))


class ShareOut(Schema):
    """A share of a cost: who pays, from which fund, how much in euro; `spent` null if unknown."""

    id = fields.Integer()
    intervention_id = fields.Integer()
    body = fields.String(attribute="body.name")
    fund = fields.String(attribute="fund.code")
    amount = fields.Decimal(places=2, as_string=True)
    spent = fields.Decimal(places=2, as_string=True, allow_none=True)
    activated_by_consultation = fields.Boolean()


class IndicatorOut(Schema):
    """An indicator: its target, and what the yearly review has measured."""

    id = fields.Integer()
    intervention_id = fields.Integer()
    name = fields.String()
    unit = fields.String()
    target = fields.Decimal(places=2, as_string=True)
    measured = fields.Decimal(places=2, as_string=True, allow_none=True)
    measured_on = fields.Date(allow_none=True)
    evidence = fields.String(allow_none=True)
    source = fields.String()
    responsible = fields.String()
