"""Events of minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText


def minutes_stream(sitting_id: int) -> str:
    """The stream of the minutes of a sitting."""
    return f"minutes:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class MinutesComposed(Event):
    """A worker has written the draft of the minutes from the sitting's entries."""

    kind: ClassVar[str] = "minutes.composed"

    minutes_id: int
    sitting_id: int
    facts_sha256: str


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event, texts={"body": "minutes_note.body"}):
    """The facilitator has written a note beside the facts of a point."""

    kind: ClassVar[str] = "minutes.note_written"

    minutes_id: int
    point_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class ConclusionAdded(Event, texts={"body": "conclusion.body"}):
    """The facilitator has written down a conclusion for a chapter of the plan."""

    kind: ClassVar[str] = "minutes.conclusion_added"

    minutes_id: int
    conclusion_id: int
    point_id: int
    chapter_id: int
    proposal_id: int | None
    body: FreeText
    poll_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConclusionEdited(Event, texts={"body": "conclusion.body"}):
    """The facilitator has put a conclusion in other words, or under another chapter of the plan."""

    kind: ClassVar[str] = "minutes.conclusion_edited"

    minutes_id: int
    conclusion_id: int
    version: int
    chapter_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class ConclusionRemoved(Event):
    """The facilitator has taken a conclusion out of the draft."""

    kind: ClassVar[str] = "minutes.conclusion_removed"

    minutes_id: int
    conclusion_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Event):
    """The minutes are approved and frozen under a digest; `held` are conclusions held back."""

    kind: ClassVar[str] = "minutes.approved"

    minutes_id: int
    sitting_id: int
    digest: str
    held: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class MinutesSealed(Event):
    """A worker has written the PDF of the approved minutes."""

    kind: ClassVar[str] = "minutes.sealed"

    minutes_id: int
    sitting_id: int
    pdf_sha256: str


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(Event):
    """The minutes are published; the unions can answer their conclusions until that day."""

    kind: ClassVar[str] = "minutes.published"

    minutes_id: int
    sitting_id: int
    digest: str
    answers_due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MinutesEditionIssued(Event):
    """Personal data left the approved minutes by order: a new edition, under another digest."""

    kind: ClassVar[str] = "minutes.edition_issued"

    minutes_id: int
    sitting_id: int
    edition: int
    former_sha256: str
    digest: str
    order_id: int
