"""Events of the library; they stand in the stream of their zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.zones.library.models import NormType

CITATION_DETAILS = Details("citation", "issuer number title url cited_in")
CORRECTED_DETAILS = Details("citation", "norm_type on_day issuer number title url cited_in")


@dataclass(frozen=True, kw_only=True)
class CitationAdded(Event, texts={"details": CITATION_DETAILS.places}):
    """A norm or a guideline was added to the library."""

    kind: ClassVar[str] = "citation.added"

    citation_id: int
    norm_type: NormType
    on_day: date
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class CitationCorrected(Event, texts={"details": CORRECTED_DETAILS.places}):
    """A citation was corrected; `norm_type` and `on_day` are those of before, `details` of now."""

    kind: ClassVar[str] = "citation.corrected"

    citation_id: int
    norm_type: NormType
    on_day: date
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class CitationRemoved(Event):
    """A norm or a guideline was taken out of the library."""

    kind: ClassVar[str] = "citation.removed"

    citation_id: int
