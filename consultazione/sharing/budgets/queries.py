"""Queries on participatory budgets. What a person answered is read for that person alone."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from consultazione.core.errors import NotFound
from consultazione.sharing.budgets.methods.base import Candidate, Choice, Terms
from consultazione.sharing.budgets.models import (
    Budget,
    BudgetAnswer,
    BudgetIntervention,
    BudgetItem,
)
from consultazione.sharing.models import SharedItem


def budgets(session: Session, cycle_id: int, *, limit: int = 100) -> list[Budget]:
    """The participatory budgets of a cycle, the newest first."""
    query = select(Budget).filter_by(cycle_id=cycle_id).order_by(Budget.id.desc()).limit(limit)
    return list(session.scalars(query))


def get_budget(session: Session, budget_id: int) -> Budget:
    """A participatory budget with its items; NotFound if there is none."""
    budget = session.get(Budget, budget_id, options=[selectinload(Budget.items)])
    if budget is None:
        raise NotFound(_("There is no such participatory budget."))
    return budget


def terms_of(budget: Budget) -> Terms:
    """What answers to a budget are held against."""
    items = [Candidate(item.id, item.number, item.title, item.cost) for item in budget.items]
    return Terms(items, budget.funds, budget.points)


def count_answers(session: Session, budget_id: int) -> int:
    """How many persons have answered an open budget."""
    query = select(func.count()).where(BudgetAnswer.budget_id == budget_id)
    return session.scalar(query) or 0


def choice_of(session: Session, budget_id: int, person_id: int | None) -> Choice:
    """What this person has answered; empty if nothing."""
    row = session.get(BudgetAnswer, (budget_id, person_id)) if person_id else None
    return {} if row is None else {int(item): number for item, number in row.choice.items()}


def get_budget_item(session: Session, item_id: int) -> BudgetItem:
    """An item of a participatory budget by id; NotFound if there is none."""
    item = session.get(BudgetItem, item_id)
    if item is None:
        raise NotFound(_("There is no such item: somebody may have taken it away."))
    return item


def taken_up(session: Session, item_ids: Iterable[int]) -> set[int]:
    """Which items of a participatory budget the municipalities pay for together now."""
    query = select(SharedItem.budget_item_id).where(SharedItem.budget_item_id.in_(list(item_ids)))
    return {found for found in session.scalars(query) if found is not None}


def programmed(session: Session, item_ids: Iterable[int]) -> dict[int, int]:
    """The interventions that carry items of a participatory budget out, by the item's id."""
    query = select(BudgetIntervention).where(BudgetIntervention.budget_item_id.in_(list(item_ids)))
    return {row.budget_item_id: row.intervention_id for row in session.scalars(query)}


def budget_behind(session: Session, intervention_id: int) -> tuple[Budget, BudgetItem] | None:
    """The participatory budget that chose an intervention, and as what; None if none did."""
    query = (
        select(Budget, BudgetItem)
        .join(BudgetItem, BudgetItem.budget_id == Budget.id)
        .join(BudgetIntervention, BudgetIntervention.budget_item_id == BudgetItem.id)
        .where(BudgetIntervention.intervention_id == intervention_id)
    )
    row = session.execute(query).one_or_none()
    return row and (row[0], row[1])
