"""Events of the register of documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


def register_stream(zone_id: int) -> str:
    """The stream of a zone's register."""
    return f"register:{zone_id}"


@dataclass(frozen=True, kw_only=True)
class DocumentRegistered(Event):
    """A frozen document got the next number of its kind and year in the zone's register."""

    kind: ClassVar[str] = "document.registered"

    registration_id: int
    document_kind: str
    object_id: int
    version: int
    year: int
    number: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class RegistrationAnnulled(Event, texts={"reason": "registered_document.annulled_reason"}):
    """A document was annulled in the register, with the reason; its number is not given again."""

    kind: ClassVar[str] = "registration.annulled"

    registration_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class DocumentRedacted(Event):
    """Personal data left a document that the register keeps: its number and first digest stay."""

    kind: ClassVar[str] = "document.redacted"

    registration_id: int
    edition: int
    former_sha256: str
    digest: str
    order_id: int
