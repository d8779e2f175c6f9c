"""Sharing in a file: figures of bodies, criteria, what is shared, and what was tried out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from consultazione.importing.context import Context
from consultazione.importing.faults import located
from consultazione.importing.sharing.items import (
    CriterionItem,
    FiguresItem,
    SharedItemItem,
    WhatIfItem,
)
from consultazione.sharing.commands.criteria import write_criterion
from consultazione.sharing.commands.figures import record_figures
from consultazione.sharing.commands.items import add_shared_item
from consultazione.sharing.commands.scenarios import store_scenario
from consultazione.sharing.criteria import CriterionKind
from consultazione.sharing.whatif import Change


def load_figures(context: Context, item: FiguresItem) -> None:
    """Record the inhabitants and the users of a body in a year."""
    record_figures(
        context.tx,
        body_id=context.body_id(item["body"], "body"),
        year=item["year"],
        population=item["population"],
        users=item["users"],
        source=item["source"],
        demo=item["demo"],
    )


def load_criterion(context: Context, item: CriterionItem) -> None:
    """Write a criterion of the cycle."""
    criterion = write_criterion(
        context.tx,
        cycle_id=context.cycle.id,
        name=item["name"],
        kind=item["kind"],
        figures_year=item["figures_year"],
        percentages=_percentages(item["percentages"]),
        parts={context.body_id(name, "parts"): part for name, part in item["parts"].items()},
    )
    context.criteria[item["id"]] = criterion.id


def load_shared_item(context: Context, item: SharedItemItem) -> None:
    """Add what the municipalities pay for together in a year."""
    row = add_shared_item(
        context.tx,
        cycle_id=context.cycle.id,
        year=item["year"],
        title=item["title"],
        amount=item["amount"],
        criterion_id=context.lookup(context.criteria, item["criterion"], "criterion"),
        demo=item["demo"],
    )
    context.shared_items[item["id"]] = row.id


def load_what_if(context: Context, item: WhatIfItem) -> None:
    """Store a what-if, for a point of a past sitting to be voted on there."""
    with context.office_on(item["stored_on"], item["by"]):
        scenario = store_scenario(
            context.tx,
            cycle_id=context.cycle.id,
            year=item["year"],
            name=item["name"],
            change=_change(context, item),
        )
    context.what_ifs[item["id"]] = scenario.id


def _change(context: Context, item: WhatIfItem) -> Change:
    rows, rules = context.shared_items, context.criteria
    with located(("amounts",)):
        amounts = {context.lookup(rows, name, name): euro for name, euro in item["amounts"].items()}
    with located(("criteria",)):
        criteria = {
            context.lookup(rows, name, name): context.lookup(rules, rule, name)
            for name, rule in item["criteria"].items()
        }
    with located(("percentages",)):
        percentages = {
            context.lookup(rules, name, name): _percentages(parts)
            for name, parts in item["percentages"].items()
        }
    return Change(amounts, criteria, percentages)


def _percentages(given: Mapping[str, Decimal]) -> dict[CriterionKind, Decimal]:
    return {CriterionKind(basis): percentage for basis, percentage in given.items()}
