"""Events of what is written down in a sitting, in a stream beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


def notes_stream(sitting_id: int) -> str:
    """The stream of what is written down in a sitting; the room sees what concerns it."""
    return f"notes:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class RunningNoteWritten(Event):
    """Who presides has written, or written anew, the running note of a point."""

    kind: ClassVar[str] = "running_note.written"

    point_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class RunningNoteRemoved(Event):
    """Who presides has taken the running note of a point away."""

    kind: ClassVar[str] = "running_note.removed"

    point_id: int


@dataclass(frozen=True, kw_only=True)
class PhraseAdded(Event):
    """The facilitator has added a stock phrase to those of the table."""

    kind: ClassVar[str] = "phrase.added"

    phrase_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class PhraseRemoved(Event):
    """The facilitator has taken a stock phrase of the table away."""

    kind: ClassVar[str] = "phrase.removed"

    phrase_id: int
