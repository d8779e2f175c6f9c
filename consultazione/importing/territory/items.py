"""A checked territory's document, as its schema (`importing/territory/schema.py`) loads it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypedDict

from consultazione.provincial.models import ForwardState, Section


class ProvincialTableItem(TypedDict):
    """A provincial table; id: its name within the document."""

    id: str
    section: Section
    name: str
    remit: str
    demo: bool


class ForwardItem(TypedDict):
    """A zone that a project was sent to; by, day: who of it answered, and when."""

    zone: str
    answer: ForwardState
    reason: str | None
    by: str | None
    day: date | None


class ProjectItem(TypedDict):
    """A project with the table that agreed on it; day: when it was written and sent."""

    table: str
    title: str
    body: str
    amount: Decimal | None
    day: date | None
    forwards: list[ForwardItem]
    demo: bool


class ProvincialProgrammeItem(TypedDict):
    """A programme with its first and its last year."""

    start: int
    end: int
    projects: list[ProjectItem]
    demo: bool
