"""Events of the annual programme. Money is whole cents; other numbers are hundredths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.programme.kinds import (
    AreaOfUse,
    InterventionKind,
    MacroLevel,
    PolicyArea,
    ResourceKind,
)

FUND_DETAILS = Details("fund", "code name source")
EARMARK_DETAILS = Details("earmark", "purpose source")
INTERVENTION_DETAILS = Details(
    "intervention",
    "continues_id scheda regional_area policies table_id objectives actions recipients integration",
)
RESOURCE_DETAILS = Details("resource", "description unit activated_by_consultation")
INDICATOR_DETAILS = Details("indicator", "name unit source responsible")


def programme_stream(programme_id: int) -> str:
    """The stream of an annual programme, with its interventions."""
    return f"programme:{programme_id}"


@dataclass(frozen=True, kw_only=True)
class ProgrammeOpened(Event):
    """The programme for one year of a cycle was opened."""

    kind: ClassVar[str] = "programme.opened"

    programme_id: int
    cycle_id: int
    year: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeApproved(Event):
    """A formal act has approved a programme."""

    kind: ClassVar[str] = "programme.approved"

    programme_id: int
    act_id: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeCorrected(Event, texts={"reason": "correction.reason"}):
    """The plan office has changed an approved programme, and says why."""

    kind: ClassVar[str] = "programme.corrected"

    programme_id: int
    correction_id: int
    intervention_id: int | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class FundRegistered(Event, texts={"details": FUND_DETAILS.places}):
    """A fund was entered in the zone's register."""

    kind: ClassVar[str] = "fund.registered"

    fund_id: int
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class EarmarkSet(Event, texts={"details": EARMARK_DETAILS.places}):
    """At least so many hundredths of a percent of a fund must go to a purpose from now on."""

    kind: ClassVar[str] = "earmark.set"

    earmark_id: int
    fund_id: int
    hundredths: int
    level: MacroLevel | None
    area: AreaOfUse | None
    policy: PolicyArea | None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class EarmarkLifted(Event):
    """An earmark of a fund no longer holds."""

    kind: ClassVar[str] = "earmark.lifted"

    earmark_id: int
    fund_id: int


@dataclass(frozen=True, kw_only=True)
class FundAmountSet(Event):
    """It was said how much a fund has in a programme; without cents, that it is not known."""

    kind: ClassVar[str] = "fund.amount_set"

    programme_id: int
    fund_id: int
    cents: int | None


@dataclass(frozen=True, kw_only=True)
class InterventionAdded(
    Event, texts={"title": "intervention.title", "details": INTERVENTION_DETAILS.places}
):
    """An intervention was put into a programme."""

    kind: ClassVar[str] = "intervention.added"

    intervention_id: int
    programme_id: int
    title: FreeText
    intervention_kind: InterventionKind
    level: MacroLevel
    area: AreaOfUse
    lead_body_id: int
    body_ids: list[int] | None = None
    priority_ids: list[int] | None = None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class InterventionRevised(
    Event, texts={"title": "intervention.title", "details": INTERVENTION_DETAILS.places}
):
    """The description of an intervention was changed."""

    kind: ClassVar[str] = "intervention.revised"

    intervention_id: int
    title: FreeText
    intervention_kind: InterventionKind
    level: MacroLevel
    area: AreaOfUse
    lead_body_id: int
    body_ids: list[int] | None = None
    priority_ids: list[int] | None = None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class InterventionRemoved(Event):
    """An intervention was taken out of a draft programme, with all that belongs to it."""

    kind: ClassVar[str] = "intervention.removed"

    intervention_id: int


@dataclass(frozen=True, kw_only=True)
class CostShared(Event):
    """A cost was shared out; `activated` has the places of shares that the consultation found."""

    kind: ClassVar[str] = "cost.shared"

    intervention_id: int
    cents: int
    body_ids: list[int]
    fund_ids: list[int]
    share_cents: list[int]
    activated: list[int]


@dataclass(frozen=True, kw_only=True)
class SpendingRecorded(Event):
    """What was spent of an intervention's shares was entered; those left out are not known."""

    kind: ClassVar[str] = "spending.recorded"

    intervention_id: int
    share_ids: list[int]
    spent_cents: list[int]


@dataclass(frozen=True, kw_only=True)
class ResourceAdded(Event, texts={"details": RESOURCE_DETAILS.places}):
    """Places, things or people that an intervention needs were entered."""

    kind: ClassVar[str] = "resource.added"

    resource_id: int
    intervention_id: int
    resource_kind: ResourceKind
    hundredths: int
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ResourceRemoved(Event):
    """A resource was taken out of a draft programme."""

    kind: ClassVar[str] = "resource.removed"

    resource_id: int
    intervention_id: int


@dataclass(frozen=True, kw_only=True)
class IndicatorAdded(Event, texts={"details": INDICATOR_DETAILS.places}):
    """An indicator of an intervention was entered, with its target."""

    kind: ClassVar[str] = "indicator.added"

    indicator_id: int
    intervention_id: int
    hundredths: int
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorRemoved(Event):
    """An indicator was taken out of a draft programme."""

    kind: ClassVar[str] = "indicator.removed"

    indicator_id: int
    intervention_id: int


@dataclass(frozen=True, kw_only=True)
class IndicatorMeasured(Event, texts={"evidence": "indicator.evidence"}):
    """The yearly review has measured an indicator, and says by what evidence."""

    kind: ClassVar[str] = "indicator.measured"

    indicator_id: int
    intervention_id: int
    hundredths: int
    on_day: date
    evidence: FreeText
