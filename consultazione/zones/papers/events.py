"""Events of attached documents; they stand in the stream of their zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class DocumentAttached(Event, texts={"title": "attachment.title"}):
    """A document was attached to an act or to a gathering: to exactly one of them."""

    kind: ClassVar[str] = "document.attached"

    attachment_id: int
    act_id: int | None
    gathering_id: int | None
    title: FreeText
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(Event, texts={"reason": "attachment.withdrawn_reason"}):
    """An attached document was withdrawn, with the reason."""

    kind: ClassVar[str] = "document.withdrawn"

    attachment_id: int
    reason: FreeText
