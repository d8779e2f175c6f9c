"""One intervention of a file: its sheet, who pays, what it needs, and what its review has found."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from consultazione.importing.context import Context, LoadedIntervention
from consultazione.importing.faults import Fault, located
from consultazione.importing.money.items import (
    IndicatorItem,
    InterventionItem,
    ResourceItem,
    ShareItem,
    SheetItem,
)
from consultazione.importing.parts import twice
from consultazione.programme.commands.costs import record_spending, share_cost
from consultazione.programme.commands.interventions import add_intervention
from consultazione.programme.commands.results import (
    add_indicator,
    add_resource,
    measure_indicator,
)
from consultazione.programme.models import AnnualProgramme
from consultazione.programme.queries import indicators, shares
from consultazione.programme.sheet import NewShare, Sheet

# What a sheet has as it stands in the file; its other parts are names of other things.
_AS_IT_IS = (
    "kind", "title", "scheda", "regional_area", "level", "area", "policies", "objectives",
    "actions", "recipients", "integration",
)  # fmt: skip
_SHEET = SheetItem.__optional_keys__


def write_intervention(
    context: Context, programme: AnnualProgramme, item: InterventionItem
) -> None:
    """Put an intervention into a programme, with who pays for it and what it needs.

    Fault if its name, which holds for all programmes of the document, is another's.
    """
    if item["id"] in context.interventions:
        raise Fault(("id",), twice(item["id"]))
    whole = _whole_sheet(context, item)
    demo = item["demo"] or programme.demo
    sheet = _sheet(context, item, whole)
    row = add_intervention(context.tx, programme_id=programme.id, sheet=sheet, demo=demo)
    context.interventions[item["id"]] = LoadedIntervention(row.id, whole)
    paid = [_share(context, number, one) for number, one in enumerate(item["shares"])]
    share_cost(context.tx, intervention_id=row.id, total=item["total"], shares=paid)
    for number, resource in enumerate(item["resources"]):
        with located(("resources", number)):
            _need(context, row.id, resource)
    for number, indicator in enumerate(item["indicators"]):
        with located(("indicators", number)):
            _target(context, row.id, indicator)


def _whole_sheet(context: Context, item: InterventionItem) -> SheetItem:
    """What the file says of an intervention, with what it leaves out to the earlier one."""
    own = {name: value for name, value in item.items() if name in _SHEET}
    if item["continues"] is None:
        return cast(SheetItem, own)
    earlier = context.lookup(context.interventions, item["continues"], "continues")
    return cast(SheetItem, {**earlier.sheet, **own})


def _sheet(context: Context, item: InterventionItem, whole: SheetItem) -> Sheet:
    earlier = context.interventions.get(item["continues"] or "")
    table = whole.get("table")
    plain: dict[str, Any] = {name: value for name, value in whole.items() if name in _AS_IT_IS}
    return Sheet(
        **plain,
        lead_body_id=context.body_id(whole["lead_body"], "lead_body"),
        body_ids=[context.body_id(name, "bodies") for name in whole.get("bodies", ())],
        priority_ids=[context.priority_id(title, "needs") for title in whole.get("needs", ())],
        table_id=context.table_id(table, "table") if table else None,
        continues_id=earlier.id if earlier else None,
    )


def _share(context: Context, number: int, item: ShareItem) -> NewShare:
    with located(("shares", number)):
        return NewShare(
            body_id=context.body_id(item["body"], "body"),
            fund_id=context.lookup(context.funds, item["fund"], "fund"),
            amount=item["amount"],
            activated_by_consultation=item["activated_by_consultation"],
        )


def _need(context: Context, intervention_id: int, item: ResourceItem) -> None:
    add_resource(
        context.tx,
        intervention_id=intervention_id,
        resource_kind=item["kind"],
        description=item["description"],
        quantity=item["quantity"],
        unit=item["unit"],
        activated_by_consultation=item["activated_by_consultation"],
    )


def _target(context: Context, intervention_id: int, item: IndicatorItem) -> None:
    add_indicator(
        context.tx,
        intervention_id=intervention_id,
        name=item["name"],
        unit=item["unit"],
        target=item["target"],
        source=item["source"],
        responsible=item["responsible"],
    )


def review_intervention(context: Context, item: InterventionItem) -> None:
    """Enter what was spent and measured, as far as the file says it."""
    found = context.interventions[item["id"]].id
    spent = _spent(context, found, item["shares"])
    if spent:
        record_spending(context.tx, intervention_id=found, spent=spent)
    rows = indicators(context.tx.session, [found])
    for number, (row, one) in enumerate(zip(rows, item["indicators"], strict=True)):
        if one["measured"] is None or one["measured_on"] is None:
            continue
        with located(("indicators", number)):
            measure_indicator(
                context.tx,
                indicator_id=row.id,
                measured=one["measured"],
                on_day=one["measured_on"],
                evidence=one["evidence"] or "",
            )


def _spent(context: Context, intervention_id: int, items: list[ShareItem]) -> dict[int, Decimal]:
    """What was spent of each share, by its id; those of which the file says nothing left out."""
    rows = shares(context.tx.session, [intervention_id])
    ids = {(row.body_id, row.fund_id, row.activated_by_consultation): row.id for row in rows}
    paid = [(_share(context, number, one).payer, one["spent"]) for number, one in enumerate(items)]
    return {ids[payer]: spent for payer, spent in paid if spent is not None}
