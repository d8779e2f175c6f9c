"""What figures, criteria, shared items and what-ifs must say by the log."""

from __future__ import annotations

from consultazione.core.audit import AT, OF_STREAM, Audit, Past, adds, drops, hashed, register, sets
from consultazione.programme.audit import amount
from consultazione.sharing.models import (
    BodyFigures,
    CriterionVersion,
    PointScenario,
    Scenario,
    ScenarioApplication,
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
    ),
)
_ITEM = {
    "id": "item_id",
    "title": "title",
    "amount": amount("cents"),
    "criterion_id": "criterion_id",
}
ITEM = Audit(
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
_BESIDE = {"point_id": "point_id", "scenario_id": "scenario_id"}
BESIDE = Audit(
    PointScenario,
    adds("scenario.attached", **_BESIDE),
    drops("scenario.detached", **_BESIDE),
)

register("zone", audits=(FIGURES,), apart=True)
register("sharing", audits=(CRITERION, VERSION, ITEM, SCENARIO, APPLICATION, BESIDE), apart=True)
