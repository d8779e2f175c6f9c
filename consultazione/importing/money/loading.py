"""The money of a file: funds, and annual programmes from the first sheet to the yearly review."""

from __future__ import annotations

from consultazione.importing.context import Context
from consultazione.importing.faults import located
from consultazione.importing.money.interventions import review_intervention, write_intervention
from consultazione.importing.money.items import (
    EarmarkItem,
    FundAmountItem,
    FundItem,
    ProgrammeItem,
)
from consultazione.italian import italian
from consultazione.programme.commands.funds import register_fund, set_earmark, set_fund_amount
from consultazione.programme.commands.programmes import approve_programme, open_programme
from consultazione.programme.models import AnnualProgramme
from consultazione.programme.queries import funds


def load_fund(context: Context, item: FundItem) -> None:
    """Register a fund with its earmarks; one that is registered already stays as it is."""
    there = {fund.code: fund for fund in funds(context.tx.session, context.zone.id)}
    fund = there.get(item["code"])
    if fund is None:
        fund = register_fund(
            context.tx,
            zone_id=context.zone.id,
            code=item["code"],
            name=item["name"],
            source=item["source"],
            demo=item["demo"],
        )
        _earmark(context, fund.id, item["earmarks"])
    context.funds[item["code"]] = fund.id


def load_programme(context: Context, item: ProgrammeItem) -> None:
    """Write a year's programme, approve it, and enter what its review has found."""
    with context.office_on(item["opened_on"], item["by"]):
        programme = open_programme(
            context.tx, cycle_id=context.cycle.id, year=item["year"], demo=item["demo"]
        )
        for number, one in enumerate(item["funds"]):
            with located(("funds", number)):
                _give(context, programme, one)
        for number, intervention in enumerate(item["interventions"]):
            with located(("interventions", number)):
                write_intervention(context, programme, intervention)
    _approve(context, programme, item)
    with context.office_on(item["reviewed_on"], item["by"]):
        for number, intervention in enumerate(item["interventions"]):
            with located(("interventions", number)):
                review_intervention(context, intervention)


def _earmark(context: Context, fund_id: int, items: list[EarmarkItem]) -> None:
    for number, item in enumerate(items):
        with located(("earmarks", number)):
            set_earmark(context.tx, fund_id=fund_id, **item)


def _give(context: Context, programme: AnnualProgramme, item: FundAmountItem) -> None:
    fund_id = context.lookup(context.funds, item["fund"], "fund")
    amount = item["amount"]
    set_fund_amount(context.tx, programme_id=programme.id, fund_id=fund_id, amount=amount)


def _approve(context: Context, programme: AnnualProgramme, item: ProgrammeItem) -> None:
    if item["approved_by"] is None:
        return
    act = context.lookup(context.acts, item["approved_by"], "approved_by")
    with italian(), context.office_on(act.on_day, item["by"]):  # the programme is an act
        approve_programme(context.tx, programme_id=programme.id, act_id=act.id)
