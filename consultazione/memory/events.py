"""Events of the memory: they stand in one stream of the zone, across its cycles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.memory.models import DocumentKind, Fulfilment, LinkKind

PAST_PRIORITY_DETAILS = Details("priority", "rank is_need source found_on")
DOCUMENT_DETAILS = Details("archive_document", "body source found_at on_day")


def memory_stream(zone_id: int) -> str:
    """The stream of what a zone keeps and says of its past cycles."""
    return f"memory:{zone_id}"


@dataclass(frozen=True, kw_only=True)
class PastPriorityRecorded(
    Event, texts={"title": "priority.title", "details": PAST_PRIORITY_DETAILS.places}
):
    """A priority or a need that a past cycle had has been written down."""

    kind: ClassVar[str] = "past_priority.recorded"

    priority_id: int
    cycle_id: int
    title: FreeText
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ArchiveDocumentRecorded(
    Event, texts={"title": "archive_document.title", "details": DOCUMENT_DETAILS.places}
):
    """A document of past years has been entered in the archive, with its file if there is one."""

    kind: ClassVar[str] = "archive_document.recorded"

    document_id: int
    document_kind: DocumentKind
    first_year: int
    last_year: int
    title: FreeText
    sha256: str | None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ArchiveFileAdded(Event):
    """The file of a document of the archive has been added, or put in place of another."""

    kind: ClassVar[str] = "archive_document.file_added"

    document_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ArchiveDocumentRemoved(Event):
    """A document has been taken out of the archive again, with the text of its file."""

    kind: ClassVar[str] = "archive_document.removed"

    document_id: int


@dataclass(frozen=True, kw_only=True)
class PriorityLinked(Event, texts={"note": "priority_link.note"}):
    """It has been said what became of a priority from an earlier cycle to a later one."""

    kind: ClassVar[str] = "priority.linked"

    link_id: int
    cycle_id: int
    earlier_cycle_id: int
    priority_id: int | None
    earlier_id: int | None
    link_kind: LinkKind
    note: FreeText


@dataclass(frozen=True, kw_only=True)
class PriorityUnlinked(Event):
    """What had been said of a priority across two cycles has been taken back."""

    kind: ClassVar[str] = "priority.unlinked"

    link_id: int


@dataclass(frozen=True, kw_only=True)
class PromiseAssessed(
    Event,
    texts={"evidence": "promise_assessment.evidence", "source": "promise_assessment.source"},
):
    """The plan office has said whether a priority or a conclusion of a cycle was carried out."""

    kind: ClassVar[str] = "promise.assessed"

    assessment_id: int
    cycle_id: int
    priority_id: int | None
    item_id: int | None
    fulfilment: Fulfilment
    evidence: FreeText
    source: FreeText


@dataclass(frozen=True, kw_only=True)
class PromiseCommented(Event, texts={"body": "promise_comment.body"}):
    """An organisation has said what it thinks of an assessment."""

    kind: ClassVar[str] = "promise.commented"

    comment_id: int
    assessment_id: int
    mandate_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class PromiseCommentHidden(Event, texts={"reason": "promise_comment.hidden_reason"}):
    """A comment on an assessment has been hidden, with the reason."""

    kind: ClassVar[str] = "promise.comment_hidden"

    comment_id: int
    reason: FreeText
