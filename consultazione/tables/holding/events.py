"""Events of texts that wait; none of them holds what a text says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.tables.holding.models import HeldKind


@dataclass(frozen=True, kw_only=True)
class ReadingFirstSet(Event):
    """From now on texts at a table wait until somebody has read them, or wait no more."""

    kind: ClassVar[str] = "table.reading_first_set"

    table_id: int
    waits: bool


@dataclass(frozen=True, kw_only=True)
class TextHeld(Event):
    """A text was handed in at a table at which texts wait."""

    kind: ClassVar[str] = "text.held"

    held_id: int
    table_id: int
    text_kind: HeldKind


@dataclass(frozen=True, kw_only=True)
class TextReleased(Event):
    """A text that waited was read and is published in its author's name."""

    kind: ClassVar[str] = "text.released"

    held_id: int
    table_id: int


@dataclass(frozen=True, kw_only=True)
class TextTurnedDown(Event, texts={"reason": "held_text.reason"}):
    """A text that waited is not published, with the reason."""

    kind: ClassVar[str] = "text.turned_down"

    held_id: int
    table_id: int
    reason: FreeText
