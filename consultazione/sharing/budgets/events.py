"""Events of participatory budgets, each in a stream of its own.

What somebody answers is no event: the log keeps how many have answered, not who, and not what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.sharing.budgets.models import BudgetMethod


def budget_stream(budget_id: int) -> str:
    """The stream of a participatory budget."""
    return f"budget:{budget_id}"


@dataclass(frozen=True, kw_only=True)
class BudgetPrepared(
    Event,
    texts={
        "title": "participatory_budget.title",
        "description": "participatory_budget.description",
    },
):
    """A participatory budget has been prepared: its sum in cents, its method, points a person."""

    kind: ClassVar[str] = "budget.prepared"

    budget_id: int
    cycle_id: int
    year: int
    method: BudgetMethod
    cents: int
    points: int
    title: FreeText
    description: FreeText


@dataclass(frozen=True, kw_only=True)
class BudgetItemAdded(
    Event, texts={"title": "budget_item.title", "description": "budget_item.description"}
):
    """Something to spend on has been admitted to a participatory budget, at a cost in cents."""

    kind: ClassVar[str] = "budget_item.added"

    budget_id: int
    item_id: int
    number: int
    cents: int
    title: FreeText
    description: FreeText


@dataclass(frozen=True, kw_only=True)
class BudgetItemRemoved(Event):
    """Something to spend on has been taken away before the participatory budget was opened."""

    kind: ClassVar[str] = "budget_item.removed"

    budget_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class BudgetOpened(Event):
    """A participatory budget is open for answers until a moment."""

    kind: ClassVar[str] = "budget.opened"

    budget_id: int
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class BudgetAnswered(Event):
    """Somebody has answered, or has answered anew; with the number of persons who have."""

    kind: ClassVar[str] = "budget.answered"

    budget_id: int
    answers: int


@dataclass(frozen=True, kw_only=True)
class BudgetItemProgrammed(Event):
    """What was chosen stands in the programme of the budget's year as an intervention."""

    kind: ClassVar[str] = "budget_item.programmed"

    budget_id: int
    item_id: int
    intervention_id: int


@dataclass(frozen=True, kw_only=True)
class BudgetClosed(Event):
    """A participatory budget has been closed and counted, and its answers have been erased."""

    kind: ClassVar[str] = "budget.closed"

    budget_id: int
    answers: int
    # SHA-256 of the result's canonical bytes.
    digest: str
