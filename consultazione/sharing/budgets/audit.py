"""What participatory budgets must say by their streams; who answered what stands in none."""

from __future__ import annotations

from consultazione.core.audit import AT, Audit, Is, adds, drops, hashed, register, sets
from consultazione.programme.audit import amount
from consultazione.sharing.budgets.models import (
    Budget,
    BudgetIntervention,
    BudgetItem,
    BudgetState,
)

_BUDGET = {"id": "budget_id"}
BUDGET = Audit(
    Budget,
    adds(
        "budget.prepared",
        **_BUDGET,
        cycle_id="cycle_id",
        year="year",
        title="title",
        description="description",
        method="method",
        funds=amount("cents"),
        points="points",
        state=Is(BudgetState.DRAFT),
        closes_at=Is(None),
        opened_at=Is(None),
        closed_at=Is(None),
        result=Is(None),
        written_at=AT,
    ),
    sets(
        "budget.opened", **_BUDGET, state=Is(BudgetState.OPEN), opened_at=AT, closes_at="closes_at"
    ),
    sets(
        "budget.closed",
        **_BUDGET,
        state=Is(BudgetState.CLOSED),
        closed_at=AT,
        result=hashed("digest"),
    ),
)
ITEM = Audit(
    BudgetItem,
    adds(
        "budget_item.added",
        id="item_id",
        budget_id="budget_id",
        number="number",
        title="title",
        description="description",
        cost=amount("cents"),
    ),
    drops("budget_item.removed", id="item_id"),
)
PROGRAMMED = Audit(
    BudgetIntervention,
    adds("budget_item.programmed", intervention_id="intervention_id", budget_item_id="item_id"),
    drops("intervention.removed", intervention_id="intervention_id"),
)

register("budget", audits=(BUDGET, ITEM), apart=True)
register("budget", "programme", audits=(PROGRAMMED,))
