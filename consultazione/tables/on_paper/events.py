"""Events of texts that came on paper; whose they are is in none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.tables.holding.models import HeldKind


@dataclass(frozen=True, kw_only=True)
class PaperTextEntered(Event, texts={"received_at": "paper_text.received_at"}):
    """The office has entered a text that came on paper, on a day and at a place."""

    kind: ClassVar[str] = "paper_text.entered"

    paper_id: int
    table_id: int
    person_id: int
    text_kind: HeldKind
    received_on: date
    received_at: FreeText
