"""The money of a checked file, as its schema (`importing/money/schema.py`) loads it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypedDict

from consultazione.programme.kinds import (
    AreaOfUse,
    InterventionKind,
    MacroLevel,
    PolicyArea,
    ResourceKind,
)


class EarmarkItem(TypedDict):
    """A purpose for which so many percent of a fund are reserved."""

    purpose: str
    percent: Decimal
    level: MacroLevel | None
    area: AreaOfUse | None
    policy: PolicyArea | None
    source: str


class FundItem(TypedDict):
    """A fund of the zone's register."""

    code: str
    name: str
    source: str
    earmarks: list[EarmarkItem]
    demo: bool


class FundAmountItem(TypedDict):
    """What a fund, by its code, has in a programme."""

    fund: str
    amount: Decimal


class ShareItem(TypedDict):
    """What a body, by its name, pays from a fund, by its code."""

    body: str
    fund: str
    amount: Decimal
    spent: Decimal | None
    activated_by_consultation: bool


class ResourceItem(TypedDict):
    """Places, things or people."""

    kind: ResourceKind
    description: str
    quantity: Decimal
    unit: str
    activated_by_consultation: bool


class IndicatorItem(TypedDict):
    """A target, and the measure of the year's review if there is one."""

    name: str
    unit: str
    target: Decimal
    source: str
    responsible: str
    measured: Decimal | None
    measured_on: date | None
    evidence: str | None


class SheetItem(TypedDict, total=False):
    """The sheet of an intervention; what it leaves out is as in the one that it continues."""

    kind: InterventionKind
    title: str
    scheda: str
    regional_area: str
    level: MacroLevel
    area: AreaOfUse
    policies: list[PolicyArea]
    lead_body: str
    bodies: list[str]
    needs: list[str]
    table: str | None
    objectives: str
    actions: str
    recipients: str
    integration: str


class InterventionItem(SheetItem):
    """An intervention. id, continues: names within the file."""

    id: str
    continues: str | None
    total: Decimal
    shares: list[ShareItem]
    resources: list[ResourceItem]
    indicators: list[IndicatorItem]
    demo: bool


class ProgrammeItem(TypedDict):
    """An annual programme: who wrote it, and on which days it was opened and reviewed."""

    year: int
    by: str | None
    opened_on: date | None
    approved_by: str | None
    reviewed_on: date | None
    funds: list[FundAmountItem]
    interventions: list[InterventionItem]
    demo: bool
