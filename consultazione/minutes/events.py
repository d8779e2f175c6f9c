"""Events of minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.minutes.models import Piece, WordsOf
from consultazione.zones.models import ApprovalWay


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
class GistWritten(Event, texts={"body": "speech_gist.body"}):
    """Who writes the minutes, or who spoke, has written the gist of a speech."""

    kind: ClassVar[str] = "minutes.gist_written"

    sitting_id: int
    hand_id: int
    words_of: WordsOf
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
class MinutesCirculated(Event):
    """The draft is complete: those present can ask for corrections until that day."""

    kind: ClassVar[str] = "minutes.circulated"

    minutes_id: int
    version: int
    until: date


@dataclass(frozen=True, kw_only=True)
class MinutesRecalled(Event):
    """The draft was taken back from those present, to be changed and put before them again."""

    kind: ClassVar[str] = "minutes.recalled"

    minutes_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesEndorsed(Event):
    """The first of two who approve has approved this version of the draft."""

    kind: ClassVar[str] = "minutes.endorsed"

    minutes_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(
    Event,
    texts={
        "old_words": "minutes_correction.old_words",
        "new_words": "minutes_correction.new_words",
        "reason": "minutes_correction.reason",
    },
):
    """Somebody who was there asks for other words in the draft, or contests its facts."""

    kind: ClassVar[str] = "minutes.correction_asked"

    minutes_id: int
    correction_id: int
    piece: Piece
    subject_id: int
    old_words: FreeText
    new_words: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class CorrectionAccepted(Event):
    """A correction was accepted: its words stand in the draft."""

    kind: ClassVar[str] = "minutes.correction_accepted"

    minutes_id: int
    correction_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectionRefused(Event, texts={"answer": "minutes_correction.answer"}):
    """A correction was refused, with the reason."""

    kind: ClassVar[str] = "minutes.correction_refused"

    minutes_id: int
    correction_id: int
    answer: FreeText


@dataclass(frozen=True, kw_only=True)
class CorrectionAnswered(Event, texts={"answer": "minutes_correction.answer"}):
    """A request about the facts was answered in words, which stand in the minutes beside it."""

    kind: ClassVar[str] = "minutes.correction_answered"

    minutes_id: int
    correction_id: int
    answer: FreeText


@dataclass(frozen=True, kw_only=True)
class CorrectionWithdrawn(Event):
    """Whoever had asked for a correction has taken the request back."""

    kind: ClassVar[str] = "minutes.correction_withdrawn"

    minutes_id: int
    correction_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectionReconsidered(Event):
    """A decision on a correction was taken back: the request is open again."""

    kind: ClassVar[str] = "minutes.correction_reconsidered"

    minutes_id: int
    correction_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Event):
    """The minutes are approved, in that way, and frozen; `held` are conclusions held back."""

    kind: ClassVar[str] = "minutes.approved"

    minutes_id: int
    sitting_id: int
    digest: str
    held: list[int] = field(default_factory=list)
    way: ApprovalWay = ApprovalWay.CHAIR
    # At which point of a later sitting the table approved them, and by which vote.
    point_id: int | None = None
    poll_id: int | None = None


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


@dataclass(frozen=True, kw_only=True)
class MinutesFactsRedacted(Event):
    """Personal data left the computed facts of minutes by order: they have another digest."""

    kind: ClassVar[str] = "minutes.facts_redacted"

    minutes_id: int
    sitting_id: int
    facts_sha256: str
    order_id: int
