"""Events of thematic tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.tables.models import TableKind
from consultazione.tables.rules import Who

KIND_DETAILS = Details("thematic_table", "kind")
TABLE_DETAILS = Details("thematic_table", "name rank remit")


def table_stream(table_id: int) -> str:
    """The stream of a table: its materials, proposals and comments."""
    return f"table:{table_id}"


@dataclass(frozen=True, kw_only=True)
class TableSetUp(Event, texts={"details": TABLE_DETAILS.places}):
    """A thematic table has been set up."""

    kind: ClassVar[str] = "table.set_up"

    table_id: int
    zone_id: int
    table_kind: TableKind
    attend: Who | None = None
    speak: Who | None = None
    propose: Who | None = None
    vote: Who | None = None
    level: int | None = None
    hall: bool | None = None
    proxies: int | None = None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class SeatTaken(Event):
    """An organisation has taken its seat at a table."""

    kind: ClassVar[str] = "seat.taken"

    table_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class TableRuleChanged(Event):
    """It has been written who may attend, speak, propose and vote at a table."""

    kind: ClassVar[str] = "table.rule_changed"

    table_id: int
    attend: Who
    speak: Who
    propose: Who
    vote: Who
    level: int
    hall: bool
    proxies: int = 0


@dataclass(frozen=True, kw_only=True)
class TableDefaultChanged(Event):
    """The zone has chosen the rule that new tables of a kind get."""

    kind: ClassVar[str] = "table.default_changed"

    zone_id: int
    table_kind: TableKind
    attend: Who
    speak: Who
    propose: Who
    vote: Who
    level: int
    hall: bool
    proxies: int = 0


@dataclass(frozen=True, kw_only=True)
class PersonAccredited(Event, texts={"reason": "accreditation.reason"}):
    """A person has been admitted to a table by act."""

    kind: ClassVar[str] = "person.accredited"

    accreditation_id: int
    table_id: int
    person_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class AccreditationEnded(Event, texts={"reason": "accreditation.ended_reason"}):
    """A person is not admitted to a table any more."""

    kind: ClassVar[str] = "accreditation.ended"

    accreditation_id: int
    table_id: int
    reason: FreeText


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
