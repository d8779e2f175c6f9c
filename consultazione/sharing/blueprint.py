"""The blueprints of sharing: criteria and items, what-ifs, participatory budgets."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import Select, select

from consultazione.sharing.budgets.models import Budget, BudgetItem
from consultazione.sharing.models import Scenario, SharedItem, SharingCriterion
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("sharing", __name__)
whatif = Blueprint("whatif", __name__)
budgets = Blueprint("budgets", __name__)


def _of_budget_item(number: int) -> Select[int]:
    items = select(Budget.cycle_id).join(BudgetItem, BudgetItem.budget_id == Budget.id)
    return items.where(BudgetItem.id == number)


cycle_found_by(
    "criterion_id",
    lambda number: select(SharingCriterion.cycle_id).where(SharingCriterion.id == number),
)
cycle_found_by("item_id", lambda number: select(SharedItem.cycle_id).where(SharedItem.id == number))
cycle_found_by("scenario_id", lambda number: select(Scenario.cycle_id).where(Scenario.id == number))
cycle_found_by("budget_id", lambda number: select(Budget.cycle_id).where(Budget.id == number))
cycle_found_by("budget_item_id", _of_budget_item)
