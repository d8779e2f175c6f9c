"""Events of the agenda's order and documents, in the sitting's own stream."""

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
