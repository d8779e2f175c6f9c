"""What comments must say by the log of their table; their words stand in the log alone."""

from __future__ import annotations

from consultazione.comments.models import Comment, CommentVersion
from consultazione.core.audit import (
    ACTOR,
    AT,
    Audit,
    Is,
    adds,
    leaf_of,
    register,
    sets,
)

_OF = {"id": "comment_id"}
COMMENT = Audit(
    Comment,
    adds(
        "comment.written",
        **_OF,
        proposal_id="proposal_id",
        author_id=ACTOR,
        mandate_id="mandate_id",
        category="category",
        position="position",
        parent_id="parent_id",
        part="part",
        paragraph="paragraph",
        text_version="text_version",
        by_mail="by_mail",
        leaf=leaf_of("body"),
        at=AT,
        hidden_at=Is(None),
        hidden_reason=Is(None),
        withdrawn_at=Is(None),
        withdrawn_reason=Is(None),
        version=Is(1),
    ),
    sets("comment.edited", **_OF, position="position", leaf=leaf_of("body"), version="version"),
    sets("comment.withdrawn", **_OF, withdrawn_at=AT, withdrawn_reason="reason"),
    sets("comment.hidden", **_OF, hidden_at=AT, hidden_reason="reason"),
    sets("comment.shown", **_OF, hidden_at=Is(None), hidden_reason=Is(None)),
    sets("comment.erased", **_OF, hidden_at=AT, hidden_reason="ground"),
)
VERSION = Audit(
    CommentVersion,
    adds(
        "comment.written",
        comment_id="comment_id",
        number=Is(1),
        position="position",
        leaf=leaf_of("body"),
        reason=Is(None),
        at=AT,
    ),
    adds(
        "comment.edited",
        comment_id="comment_id",
        number="version",
        position="position",
        leaf=leaf_of("body"),
        reason="reason",
        at=AT,
    ),
    key=("comment_id", "number"),
)

register("table", audits=(COMMENT, VERSION), apart=True)
