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
class SeatGivenBack(Event, texts={"reason": "revision.reason"}):
    """An organisation has no seat at a table any more."""

    kind: ClassVar[str] = "seat.given_back"

    table_id: int
    organisation_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class MaterialPublished(Event, texts={"title": "material.title"}):
    """A document has been published at a table or for one of its sittings."""

    kind: ClassVar[str] = "material.published"

    material_id: int
    table_id: int
    sitting_id: int | None
    title: FreeText
    sha256: str


@dataclass(frozen=True, kw_only=True)
class MaterialReplaced(Event, texts={"reason": "revision.reason"}):
    """A document has a new file; `version` is the one before, which stays at its own address."""

    kind: ClassVar[str] = "material.replaced"

    material_id: int
    version: int
    sha256: str
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class MaterialRetitled(Event, texts={"title": "material.title", "reason": "revision.reason"}):
    """The title of a document was corrected."""

    kind: ClassVar[str] = "material.retitled"

    material_id: int
    version: int
    title: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class MaterialWithdrawn(Event, texts={"reason": "material.withdrawn_reason"}):
    """A document was withdrawn: nobody can open it, and why stays readable."""

    kind: ClassVar[str] = "material.withdrawn"

    material_id: int
    reason: FreeText
