"""Events of the library; they stand in the stream of their zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.zones.library.models import NormType


@dataclass(frozen=True, kw_only=True)
class CitationAdded(Event):
    """A norm or a guideline was added to the library."""

    kind: ClassVar[str] = "citation.added"

    citation_id: int
    norm_type: NormType
    on_day: date


@dataclass(frozen=True, kw_only=True)
class CitationCorrected(Event):
    """The citation of a norm or a guideline was corrected; the fields say what it was before."""

    kind: ClassVar[str] = "citation.corrected"

    citation_id: int
    norm_type: NormType
    on_day: date


@dataclass(frozen=True, kw_only=True)
class CitationRemoved(Event):
    """A norm or a guideline was taken out of the library."""

    kind: ClassVar[str] = "citation.removed"

    citation_id: int
