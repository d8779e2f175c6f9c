"""Events of what stands beside a mandate, in the stream of its zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.people.mandates.models import Proves


@dataclass(frozen=True, kw_only=True)
class MandateDocumentAdded(Event):
    """The document by which a mandate was given or ended was put beside it."""

    kind: ClassVar[str] = "mandate.document_added"

    document_id: int
    mandate_id: int
    proves: Proves
    sha256: str


@dataclass(frozen=True, kw_only=True)
class MandateEndAnnounced(Event):
    """A delegate was reminded that their mandate ends within so many days."""

    kind: ClassVar[str] = "mandate.end_announced"

    mandate_id: int
    days: int
