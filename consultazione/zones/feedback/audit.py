"""What readers' opinions must say by their stream."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    OF_STREAM,
    Audit,
    Is,
    adds,
    leaf_of,
    register,
    sets,
)
from consultazione.zones.feedback.models import PageFeedback

FEEDBACK = Audit(
    PageFeedback,
    adds(
        "feedback.given",
        id="feedback_id",
        zone_id=OF_STREAM,
        useful="useful",
        leaf=leaf_of("words"),
        given_at=AT,
        erased_at=Is(None),
    ),
    sets("feedback.erased", id="feedback_id", erased_at=AT),
)

register("feedback", audits=(FEEDBACK,), apart=True)
