"""What materials of points, and earlier words of points, must say by the sitting's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
    AT,
    NOTHING,
    Audit,
    Folded,
    Past,
    adds,
    does,
    drops,
    register,
)
from consultazione.sittings.agenda.models import PointMaterial, PointVersion
from consultazione.sittings.audit import REHEARSED_POINTS

_BESIDE = {"point_id": "point_id", "material_id": "material_id"}
MATERIAL = Audit(
    PointMaterial,
    adds("agenda.material_attached", **_BESIDE),
    drops("agenda.material_detached", **_BESIDE),
    only=PointMaterial.point_id.not_in(REHEARSED_POINTS),
)


def _point_added(rows: Folded, entry: Past) -> None:
    data = entry.data
    rows.memory[data["point_id"]] = [0, data["title"], data["minutes_planned"]]


def _point_corrected(rows: Folded, entry: Past) -> None:
    data = entry.data
    count, title, minutes = rows.memory.get(data["point_id"], [0, NOTHING, NOTHING])
    rows.say(
        (data["point_id"], count),
        entry,
        title=title,
        minutes_planned=minutes,
        reason=data["reason"],
        replaced_at=entry.at,
        replaced_by=entry.actor_id,
    )
    rows.memory[data["point_id"]] = [count + 1, data["title"], data["minutes_planned"]]


POINT_VERSION = Audit(
    PointVersion,
    does("agenda.point_added", _point_added),
    does(
        "agenda.point_corrected",
        _point_corrected,
        title="title",
        minutes_planned="minutes_planned",
        reason="reason",
        replaced_at=AT,
        replaced_by=ACTOR,
    ),
    key=("agenda_point_id", "version"),
    only=PointVersion.agenda_point_id.not_in(REHEARSED_POINTS),
)

register("sitting", audits=(MATERIAL, POINT_VERSION), apart=True)
