"""Knapsack: everybody chooses items that together cost no more than the funds.

A. Goel, A. K. Krishnaswamy, S. Sakshuwong and T. Aitamurto, *Knapsack Voting for Participatory
Budgeting*, ACM Transactions on Economics and Computation 7(2), 2019.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from consultazione.core.errors import Invalid
from consultazione.programme.amounts import money
from consultazione.sharing.budgets.methods.base import Choice, Terms


class Knapsack:
    """Each item that somebody chose gets one vote."""

    name = _("Fill the budget")
    how = _(
        "Tick what the money should be spent on: all together it must not cost more than the sum."
    )
    counting = _("Each item gets one vote from everybody who ticked it.")
    unit = _("Spend on this")
    score = lazy_pgettext("for an item of a budget", "Votes")

    def check(self, choice: Choice, terms: Terms) -> None:
        """Invalid if nothing is chosen, or more than the funds can pay."""
        if not choice:
            raise Invalid.at("answer", _("Tick at least one item."))
        cost = sum(item.cost for item in terms.items if item.id in choice)
        if cost > terms.funds:
            sentence = _(
                "What you ticked costs %(over)s more than the sum: leave something out.",
                over=money(cost - terms.funds),
            )
            raise Invalid.at("answer", sentence)

    def most(self, terms: Terms) -> int:
        """One: chosen."""
        return 1

    def scores(self, choice: Choice, terms: Terms) -> Mapping[int, int]:
        """One vote for each item chosen."""
        return dict.fromkeys(choice, 1)
