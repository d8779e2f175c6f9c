"""Events of easy-to-read summaries; they stand in the stream of the zone's register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class EasySummaryWritten(Event, texts={"body": "easy_summary.body"}):
    """A document was put in easy language, or anew, for the document that has this digest."""

    kind: ClassVar[str] = "easy_summary.written"

    summary_id: int
    document_kind: str
    object_id: int
    digest: str
    version: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class EasySummaryWithdrawn(Event):
    """The easy-to-read summary of a document was withdrawn."""

    kind: ClassVar[str] = "easy_summary.withdrawn"

    summary_id: int
