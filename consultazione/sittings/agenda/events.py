"""Events of the agenda's points, order and documents, in the sitting's own stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class MaterialAttached(Event, texts={"title": "material.title", "file_name": "material.file_name"}):
    """A material of the table has been put beside a point of the agenda."""

    kind: ClassVar[str] = "agenda.material_attached"

    point_id: int
    material_id: int
    title: FreeText
    file_name: FreeText


@dataclass(frozen=True, kw_only=True)
class MaterialDetached(Event):
    """A material no longer stands beside a point of the agenda."""

    kind: ClassVar[str] = "agenda.material_detached"

    point_id: int
    material_id: int


@dataclass(frozen=True, kw_only=True)
class AgendaReordered(Event):
    """The points of the agenda stand in another order: their ids, from the first to the last."""

    kind: ClassVar[str] = "agenda.reordered"

    point_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class PointCorrected(
    Event, texts={"title": "agenda_point.title", "reason": "agenda_point_version.reason"}
):
    """A point that is still to come has been corrected, for a reason."""

    kind: ClassVar[str] = "agenda.point_corrected"

    point_id: int
    title: FreeText
    minutes_planned: int | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PointRemoved(Event, texts={"reason": "agenda_point.removed_reason"}):
    """A point that was still to come has been taken off the agenda, for a reason."""

    kind: ClassVar[str] = "agenda.point_removed"

    point_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PointPostponed(Event):
    """A point that was not dealt with has been left to a later sitting."""

    kind: ClassVar[str] = "agenda.point_postponed"

    point_id: int
