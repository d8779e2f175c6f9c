"""Participatory budgets of a file: prepared, opened, answered, and counted if they are over."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from consultazione.core import clock
from consultazione.importing.context import Context
from consultazione.importing.faults import Fault, located
from consultazione.importing.sharing.items import BudgetAnswerItem, BudgetFileItem
from consultazione.sharing.budgets.commands import (
    add_budget_item,
    answer_budget,
    close_budget,
    open_budget,
    prepare_budget,
    take_up_budget_item,
)
from consultazione.sharing.budgets.models import Budget

_EVENING = time(20)
# Answers come in one an hour from its opening.
_HOUR = timedelta(hours=1)


def load_budget(context: Context, item: BudgetFileItem) -> None:
    """Ask people for what a sum shall be spent on, and count what they answered."""
    tx, closes_at = context.tx, _closes_at(context, item)
    with context.office_on(item["opened_on"], item["by"]):
        opened_at = tx.now
        budget = _prepared(context, item)
        open_budget(tx, budget_id=budget.id, closes_at=closes_at)
    for number, answer in enumerate(item["answers"]):
        at = min(opened_at + (number + 1) * _HOUR, closes_at - _HOUR, tx.now)
        with located(("answers", number)), context.acting_as(answer["who"], "who", at):
            _answer(context, budget, answer)
    if closes_at < tx.now:
        _count(context, budget, item, closes_at)


def _closes_at(context: Context, item: BudgetFileItem) -> datetime:
    in_days = timedelta(days=item["closes_in_days"] or 0)
    return clock.at_rome(item["closes_on"] or context.tx.today + in_days, _EVENING)


def _prepared(context: Context, item: BudgetFileItem) -> Budget:
    budget = prepare_budget(
        context.tx,
        cycle_id=context.cycle.id,
        year=item["year"],
        title=item["title"],
        description=item["description"],
        method=item["method"],
        funds=item["funds"],
        points=item["points"],
        demo=item["demo"],
    )
    for number, one in enumerate(item["items"]):
        with located(("items", number)):
            add_budget_item(
                context.tx,
                budget_id=budget.id,
                title=one["title"],
                description=one["description"],
                cost=one["cost"],
            )
            context.tx.session.refresh(budget, ["items"])
    return budget


def _answer(context: Context, budget: Budget, item: BudgetAnswerItem) -> None:
    if len(item["given"]) != len(budget.items):
        raise Fault(("given",), f"give one number for each of the {len(budget.items)} items")
    numbers = zip(budget.items, item["given"], strict=True)
    given = {row.id: number for row, number in numbers if number}
    answer_budget(context.tx, budget_id=budget.id, given=given)


def _count(context: Context, budget: Budget, item: BudgetFileItem, at: datetime) -> None:
    with context.acting_as(item["by"], "by", at):
        close_budget(context.tx, budget_id=budget.id)
        for number, (row, one) in enumerate(zip(budget.items, item["items"], strict=True)):
            if one["taken_up_by"]:
                with located(("items", number)):
                    criterion = context.lookup(context.criteria, one["taken_up_by"], "taken_up_by")
                    take_up_budget_item(context.tx, item_id=row.id, criterion_id=criterion)
