"""What readers' opinions must say by their stream."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    NOTHING,
    OF_STREAM,
    Audit,
    Is,
    Leaf,
    Past,
    Said,
    Text,
    adds,
    register,
    sets,
)
from consultazione.zones.feedback.models import PageFeedback


def _words(entry: Past, _said: Said) -> object:
    text = entry.data["words"]
    return Leaf(text.position, text.field) if isinstance(text, Text) else NOTHING


FEEDBACK = Audit(
    PageFeedback,
    adds(
        "feedback.given",
        id="feedback_id",
        zone_id=OF_STREAM,
        useful="useful",
        leaf=_words,
        given_at=AT,
        erased_at=Is(None),
    ),
    sets("feedback.erased", id="feedback_id", erased_at=AT),
)

register("feedback", audits=(FEEDBACK,), apart=True)
