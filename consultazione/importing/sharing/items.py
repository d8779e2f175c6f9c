"""Sharing in a checked file, as its schema (`importing/sharing/schema.py`) loads it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypedDict

from consultazione.sharing.budgets.models import BudgetMethod
from consultazione.sharing.criteria import CriterionKind


class FiguresItem(TypedDict):
    """What is counted of a body, by its name, in a year."""

    body: str
    year: int
    population: int | None
    users: int | None
    source: str
    demo: bool


class CriterionItem(TypedDict):
    """A criterion; percentages by basis, fixed parts by the names of bodies."""

    id: str
    name: str
    kind: CriterionKind
    figures_year: int
    percentages: dict[str, Decimal]
    parts: dict[str, int]


class SharedItemItem(TypedDict):
    """What municipalities pay for together; the criterion by its id in the file."""

    id: str
    year: int
    title: str
    amount: Decimal
    criterion: str
    demo: bool


class WhatIfItem(TypedDict):
    """A what-if; items and criteria by their ids in the file."""

    id: str
    year: int
    name: str
    by: str
    stored_on: date | None
    amounts: dict[str, Decimal]
    criteria: dict[str, str]
    percentages: dict[str, dict[str, Decimal]]


class BudgetItemItem(TypedDict):
    """Something to spend on; taken_up_by: the id in the file of the criterion that shares it."""

    title: str
    description: str
    cost: Decimal
    taken_up_by: str | None


class BudgetAnswerItem(TypedDict):
    """A person's answer, by e-mail address: a number for each item."""

    who: str
    given: list[int]


class BudgetFileItem(TypedDict):
    """A participatory budget with the answers to it."""

    year: int
    title: str
    description: str
    method: BudgetMethod
    funds: Decimal
    points: int
    by: str
    opened_on: date | None
    closes_on: date | None
    closes_in_days: int | None
    items: list[BudgetItemItem]
    answers: list[BudgetAnswerItem]
    demo: bool
