"""The methods of a participatory budget, and reading an answer by one of them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sharing.budgets.methods.base import Choice, Method, Terms
from consultazione.sharing.budgets.methods.knapsack import Knapsack
from consultazione.sharing.budgets.methods.points import Points
from consultazione.sharing.budgets.methods.ranking import Ranking
from consultazione.sharing.budgets.models import BudgetMethod

METHODS: Mapping[BudgetMethod, Method] = {
    BudgetMethod.KNAPSACK: Knapsack(),
    BudgetMethod.POINTS: Points(),
    BudgetMethod.RANKING: Ranking(),
}


def read_choice(method: Method, given: Mapping[int, int], terms: Terms) -> Choice:
    """An answer without the items that were left at zero; Invalid unless it is one.

    given: a number by the item's id; Invalid on `item-<id>` for one that is out of bounds or of
    another budget.
    """
    known = {item.id for item in terms.items}
    for item_id, number in given.items():
        if item_id not in known or not 0 <= number <= method.most(terms):
            sentence = _("Write a number from 0 to %(most)s.", most=method.most(terms))
            raise Invalid.at(f"item-{item_id}", sentence)
    choice = {item_id: number for item_id, number in given.items() if number}
    method.check(choice, terms)
    return choice
