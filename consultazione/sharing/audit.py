"""What figures, criteria, shared items and what-ifs must say by the log."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    ITEM,
    NTH,
    OF_STREAM,
    Audit,
    Past,
    Said,
    adds,
    adds_each,
    details,
    drops,
    hashed,
    owners,
    register,
    sets,
)
from consultazione.programme.audit import amount
from consultazione.sharing.events import CRITERION_DETAILS, FIGURES_DETAILS
from consultazione.sharing.models import (
    BodyFigures,
    CriterionVersion,
    PointScenario,
    Scenario,
    ScenarioApplication,
    ScenarioIntervention,
    SharedItem,
    SharingCriterion,
)

FIGURES = Audit(
    BodyFigures,
    adds(
        "figures.recorded",
        body_id="body_id",
        year="year",
        version="version",
        population="inhabitants",
        users="served",
        recorded_at=AT,
        **details(FIGURES_DETAILS),
    ),
    key=("body_id", "year", "version"),
)


def _is_first(entry: Past) -> bool:
    return bool(entry.data["version"] == 1)


CRITERION = Audit(
    SharingCriterion,
    adds("criterion.written", when=_is_first, id="criterion_id", cycle_id=OF_STREAM, written_at=AT),
)
VERSION = Audit(
    CriterionVersion,
    adds(
        "criterion.written",
        criterion_id="criterion_id",
        version="version",
        name="title",
        kind="basis",
        figures_year="figures_year",
        reason="reason",
        written_at=AT,
        **details(CRITERION_DETAILS),
    ),
)
_ITEM = {
    "id": "item_id",
    "title": "title",
    "amount": amount("cents"),
    "criterion_id": "criterion_id",
}
SHARED_ITEM = Audit(
    SharedItem,
    adds(
        "shared_item.added",
        **_ITEM,
        cycle_id=OF_STREAM,
        year="year",
        budget_item_id="budget_item_id",
        written_at=AT,
    ),
    sets("shared_item.changed", **_ITEM),
    drops("shared_item.removed", id="item_id"),
)
SCENARIO = Audit(
    Scenario,
    adds(
        "scenario.stored",
        id="scenario_id",
        cycle_id=OF_STREAM,
        year="year",
        name="title",
        figures=hashed("digest"),
        digest="digest",
        stored_at=AT,
    ),
)
APPLICATION = Audit(
    ScenarioApplication,
    adds("scenario.applied", scenario_id="scenario_id", poll_id="poll_id", applied_at=AT),
)


def _carries(entry: Past, _said: Said) -> int:
    """The intervention that stands at the place of the item."""
    found: int = entry.data["intervention_ids"][entry.data[NTH] - 1]
    return found


COST = Audit(
    ScenarioIntervention,
    adds_each(
        "scenario.applied",
        "cost_item_ids",
        scenario_id="scenario_id",
        item_id=ITEM,
        intervention_id=_carries,
    ),
    drops("intervention.removed", intervention_id="intervention_id"),
    begun=False,  # Entries of before have the interventions alone.
    told=ScenarioIntervention.scenario_id.in_(
        owners("sharing", "scenario_id", "cost_item_ids", "scenario.applied")
    ),
)
_BESIDE = {"point_id": "point_id", "scenario_id": "scenario_id"}
BESIDE = Audit(
    PointScenario,
    adds("scenario.attached", **_BESIDE),
    drops("scenario.detached", **_BESIDE),
)

register("zone", audits=(FIGURES,), apart=True)
register(
    "sharing", audits=(CRITERION, VERSION, SHARED_ITEM, SCENARIO, APPLICATION, BESIDE), apart=True
)
# An intervention that is removed takes them along, which the programme says.
register("sharing", "programme", audits=(COST,))
