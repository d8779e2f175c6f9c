"""Events of what readers say of pages; each zone has a stream of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


def feedback_stream(zone_id: int) -> str:
    """The stream of what readers say of a zone's pages."""
    return f"feedback:{zone_id}"


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(Event, texts={"words": "log_text.sealed"}):
    """Somebody said whether a page was useful; nothing says who."""

    kind: ClassVar[str] = "feedback.given"

    feedback_id: int
    useful: bool
    words: FreeText


@dataclass(frozen=True, kw_only=True)
class FeedbackErased(Event):
    """The words of somebody about a page were erased for good."""

    kind: ClassVar[str] = "feedback.erased"

    feedback_id: int
