"""What comments on blocks and suggested changes must say by the plan's stream."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, Is, adds, register, sets
from consultazione.plan.discussion.models import BlockComment, BlockSuggestion, SuggestionState

_SPOKEN = {
    "block_id": "block_id",
    "version": "version",
    "author_id": ACTOR,
    "mandate_id": "mandate_id",
    "category": "category",
    "body": "body",
    "at": AT,
    "answer": Is(None),
    "answered_at": Is(None),
}
_ANSWERED = {"answer": "answer", "answered_at": AT}
COMMENT = Audit(
    BlockComment,
    adds("block.commented", id="comment_id", **_SPOKEN),
    sets("block_comment.answered", id="comment_id", **_ANSWERED),
)
_SUGGESTION = {"id": "suggestion_id"}
SUGGESTION = Audit(
    BlockSuggestion,
    adds(
        "change.suggested",
        **_SUGGESTION,
        **_SPOKEN,
        reason="reason",
        state=Is(SuggestionState.PENDING),
    ),
    sets("suggestion.accepted", **_SUGGESTION, **_ANSWERED, state=Is(SuggestionState.ACCEPTED)),
    sets("suggestion.refused", **_SUGGESTION, **_ANSWERED, state=Is(SuggestionState.REFUSED)),
)

register("plan", audits=(COMMENT, SUGGESTION), apart=True)
