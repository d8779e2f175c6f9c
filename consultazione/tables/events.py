"""Events of thematic tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.tables.models import TableKind


def table_stream(table_id: int) -> str:
    """The stream of a table: its materials, proposals and comments."""
    return f"table:{table_id}"


@dataclass(frozen=True, kw_only=True)
class TableSetUp(Event):
    """A thematic table has been set up."""

    kind: ClassVar[str] = "table.set_up"

    table_id: int
    zone_id: int
    table_kind: TableKind


@dataclass(frozen=True, kw_only=True)
class SeatTaken(Event):
    """An organisation has taken its seat at a table."""

    kind: ClassVar[str] = "seat.taken"

    table_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class MaterialPublished(Event, texts={"title": "material.title"}):
    """A document has been published at a table or for one of its sittings."""

    kind: ClassVar[str] = "material.published"

    material_id: int
    table_id: int
    sitting_id: int | None
    title: FreeText
    sha256: str
