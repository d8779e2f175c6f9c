"""Three municipalities with figures, criteria and items, made by the product's own commands."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.sharing.budgets.commands import (
    add_budget_item,
    answer_budget,
    close_budget,
    open_budget,
    prepare_budget,
)
from consultazione.sharing.budgets.models import Budget, BudgetMethod
from consultazione.sharing.budgets.queries import get_budget
from consultazione.sharing.commands.criteria import write_criterion
from consultazione.sharing.commands.figures import record_figures
from consultazione.sharing.commands.items import add_shared_item
from consultazione.sharing.criteria import CriterionKind
from consultazione.sharing.models import SharedItem
from tests.support.factories import Factory
from tests.support.planted import plant_body

YEAR = 2018
TOWNS = {"Alba": (1000, 10), "Bosco": (3000, 10), "Cima": (6000, 30)}


class Sharing:
    """What is shared in the factory's zone; `office` may do all of it."""

    def __init__(self, make: Factory, **figures: tuple[int | None, int | None]) -> None:
        self.make = make
        self.cycle_id = make.cycle.id
        self.office = make.holder(Role.PLAN_OFFICE)
        self.bodies = {name: self._body(name) for name in figures or TOWNS}
        for name, (population, users) in (figures or TOWNS).items():
            self.do(
                record_figures,
                body_id=self.bodies[name],
                year=YEAR,
                source="Istat",
                population=population,
                users=users,
            )
        self.by_head = self.criterion("By inhabitants", CriterionKind.POPULATION)
        self.by_use = self.criterion("By users", CriterionKind.USERS)

    def do(self, command: Any, who: Actor | None = None, /, **given: Any) -> Any:
        """Run a command in a transaction of its own, as the plan office or as somebody else."""
        with self.make.database.transaction(who or self.office) as tx:
            return command(tx, **given)

    def criterion(self, name: str, kind: CriterionKind, **values: Any) -> int:
        """A criterion of the cycle; its id."""
        given = {"cycle_id": self.cycle_id, "figures_year": YEAR, **values}
        criterion = self.do(write_criterion, name=name, kind=kind, **given)
        assert isinstance(criterion.id, int)
        return criterion.id

    def item(self, title: str = "Transport", amount: str = "1000.00", **values: Any) -> SharedItem:
        """An item of the year, shared by inhabitants."""
        given = {"cycle_id": self.cycle_id, "year": YEAR, "criterion_id": self.by_head, **values}
        item = self.do(add_shared_item, title=title, amount=Decimal(amount), **given)
        assert isinstance(item, SharedItem)
        return item

    def budget(self, method: BudgetMethod = BudgetMethod.KNAPSACK, **values: Any) -> Budget:
        """A participatory budget of 1,000 euro with three items: 600, 500 and 400 euro."""
        given = {"title": "A sum for the young", "description": "", "points": 10, **values}
        budget = self.do(
            prepare_budget,
            cycle_id=self.cycle_id,
            year=YEAR,
            method=method,
            funds=Decimal(1000),
            **given,
        )
        for title, cost in (("Bus", 600), ("Desk", 500), ("Garden", 400)):
            self.do(
                add_budget_item,
                budget_id=budget.id,
                title=title,
                description="",
                cost=Decimal(cost),
            )
        return self.reread(budget)

    def opened(self, method: BudgetMethod = BudgetMethod.KNAPSACK) -> Budget:
        """The same, open for an hour."""
        budget = self.budget(method)
        self.do(open_budget, budget_id=budget.id, closes_at=in_an_hour())
        return self.reread(budget)

    def answer(self, budget: Budget, *numbers: int, who: Actor | None = None) -> Actor:
        """Let a citizen answer with a number beside each item, in their order."""
        who = who or self.make.citizen()
        given = {item.id: number for item, number in zip(budget.items, numbers, strict=True)}
        self.do(answer_budget, who, budget_id=budget.id, given=given)
        return who

    def counted(self) -> Budget:
        """A closed budget: three for the bus, two for desk and garden."""
        budget = self.opened()
        for numbers in [(1, 0, 0)] * 3 + [(0, 1, 1)] * 2:
            self.answer(budget, *numbers)
        self.do(close_budget, budget_id=budget.id)
        return self.reread(budget)

    def reread(self, budget: Budget) -> Budget:
        """The budget as it is now, with its items."""
        with self.make.session() as session:
            return get_budget(session, budget.id)

    def _body(self, name: str) -> int:
        with self.make.database.transaction(SYSTEM) as tx:
            return plant_body(tx, self.make.zone.id, name).id


def in_an_hour() -> datetime:
    """A moment at which an open budget still takes answers."""
    return clock.now() + timedelta(hours=1)
