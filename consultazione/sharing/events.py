"""Events of sharing, in a stream of the cycle's; figures of bodies are recorded in the zone's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.sharing.criteria import CriterionKind

FIGURES_DETAILS = Details("body_figures", "source")
CRITERION_DETAILS = Details("criterion_version", "percentages parts")


def sharing_stream(cycle_id: int) -> str:
    """The stream of how a cycle's spending is shared."""
    return f"sharing:{cycle_id}"


@dataclass(frozen=True, kw_only=True)
class FiguresRecorded(Event, texts={"details": FIGURES_DETAILS.places}):
    """The figures of a body for one year have been recorded, or corrected as a further version."""

    kind: ClassVar[str] = "figures.recorded"

    body_id: int
    year: int
    version: int
    inhabitants: int | None
    served: int | None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class CriterionWritten(
    Event,
    texts={
        "title": "criterion_version.name",
        "reason": "criterion_version.reason",
        "details": CRITERION_DETAILS.places,
    },
):
    """A sharing criterion has been written, or rewritten as a further version."""

    kind: ClassVar[str] = "criterion.written"

    criterion_id: int
    version: int
    basis: CriterionKind
    figures_year: int
    title: FreeText
    reason: FreeText
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class SharedItemAdded(Event, texts={"title": "shared_item.title"}):
    """An item that the municipalities pay for together has been added to a year, in cents."""

    kind: ClassVar[str] = "shared_item.added"

    item_id: int
    year: int
    cents: int
    criterion_id: int
    title: FreeText
    budget_item_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SharedItemChanged(Event, texts={"title": "shared_item.title"}):
    """A shared item has another title, amount (in cents) or criterion from now on."""

    kind: ClassVar[str] = "shared_item.changed"

    item_id: int
    cents: int
    criterion_id: int
    title: FreeText


@dataclass(frozen=True, kw_only=True)
class SharedItemRemoved(Event):
    """A shared item has been taken away from its year."""

    kind: ClassVar[str] = "shared_item.removed"

    item_id: int


@dataclass(frozen=True, kw_only=True)
class ScenarioStored(Event, texts={"title": "sharing_scenario.name"}):
    """A what-if has been stored, with the digest of all its figures."""

    kind: ClassVar[str] = "scenario.stored"

    scenario_id: int
    year: int
    digest: str
    title: FreeText


@dataclass(frozen=True, kw_only=True)
class ScenarioAttached(Event):
    """A stored what-if has been put beside a point of an agenda."""

    kind: ClassVar[str] = "scenario.attached"

    scenario_id: int
    point_id: int


@dataclass(frozen=True, kw_only=True)
class ScenarioDetached(Event):
    """A stored what-if has been taken away from a point of an agenda."""

    kind: ClassVar[str] = "scenario.detached"

    scenario_id: int
    point_id: int


@dataclass(frozen=True, kw_only=True)
class ScenarioApplied(Event):
    """A vote carried a stored what-if, and its shares stand in the year and in interventions."""

    kind: ClassVar[str] = "scenario.applied"

    scenario_id: int
    poll_id: int
    item_ids: list[int]
    intervention_ids: list[int]
    # The item as which each of the interventions is shared.
    cost_item_ids: list[int] | None = None
