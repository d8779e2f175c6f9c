"""Events of what is written down in a sitting, in a stream beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category
from consultazione.sittings.record.models import StatementKind


def notes_stream(sitting_id: int) -> str:
    """The stream of what is written down in a sitting; the room sees what concerns it."""
    return f"notes:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class RunningNoteWritten(Event, texts={"body": "running_note.body"}):
    """The chair has written, or written anew, the running note of a point."""

    kind: ClassVar[str] = "running_note.written"

    point_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class RunningNoteRemoved(Event):
    """The chair has taken the running note of a point away."""

    kind: ClassVar[str] = "running_note.removed"

    point_id: int


@dataclass(frozen=True, kw_only=True)
class PhraseAdded(Event, texts={"body": "stock_phrase.body"}):
    """The facilitator has added a stock phrase to those of the table."""

    kind: ClassVar[str] = "phrase.added"

    phrase_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class PhraseRemoved(Event):
    """The facilitator has taken a stock phrase of the table away."""

    kind: ClassVar[str] = "phrase.removed"

    phrase_id: int


@dataclass(frozen=True, kw_only=True)
class ZonePhraseAdded(Event, texts={"body": "zone_phrase.body"}):
    """The office has added a stock phrase for the minutes of all tables of the zone."""

    kind: ClassVar[str] = "zone_phrase.added"

    phrase_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class ZonePhraseChanged(Event, texts={"body": "zone_phrase.body"}):
    """The office has put a stock phrase of the zone in other words."""

    kind: ClassVar[str] = "zone_phrase.changed"

    phrase_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class ZonePhraseRetired(Event):
    """The office has retired a stock phrase of the zone: it is offered no more."""

    kind: ClassVar[str] = "zone_phrase.retired"

    phrase_id: int


@dataclass(frozen=True, kw_only=True)
class StatementRecorded(Event, texts={"body": "statement.body"}):
    """A participant has a statement of vote, or a note, put on the record."""

    kind: ClassVar[str] = "statement.recorded"

    statement_id: int
    statement_kind: StatementKind
    point_id: int | None
    poll_id: int | None
    person_id: int
    mandate_id: int | None
    category: Category
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class StatementWithdrawn(Event):
    """A participant has taken their statement back."""

    kind: ClassVar[str] = "statement.withdrawn"

    statement_id: int


@dataclass(frozen=True, kw_only=True)
class StatementHidden(Event, texts={"reason": "statement.reason"}):
    """The chair leaves the words of a statement out, and says why."""

    kind: ClassVar[str] = "statement.hidden"

    statement_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class StatementShown(Event):
    """The words of a statement that were left out stand in the record after all."""

    kind: ClassVar[str] = "statement.shown"

    statement_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentRecorded(Event, texts={"body": "commitment.body"}):
    """A person, or an organisation, has undertaken something until a day."""

    kind: ClassVar[str] = "commitment.recorded"

    commitment_id: int
    point_id: int | None
    body: FreeText
    person_id: int | None
    organisation_id: int | None
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CommitmentRevised(Event, texts={"body": "commitment.body"}):
    """What was undertaken, by whom or until when, has been put down anew."""

    kind: ClassVar[str] = "commitment.revised"

    commitment_id: int
    body: FreeText
    person_id: int | None
    organisation_id: int | None
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CommitmentCancelled(Event):
    """A commitment has been struck out before the sitting was closed."""

    kind: ClassVar[str] = "commitment.cancelled"

    commitment_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentCompleted(Event):
    """What was undertaken in a sitting has been done, in the stream of its table."""

    kind: ClassVar[str] = "commitment.completed"

    commitment_id: int
    sitting_id: int
