"""Events of comments; they stand in the stream of their table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.comments.models import Position
from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category
from consultazione.proposals.amendments.models import Part


@dataclass(frozen=True, kw_only=True)
class CommentWritten(Event, texts={"body": "log_text.sealed"}):
    """A participant has commented on a proposal."""

    kind: ClassVar[str] = "comment.written"

    comment_id: int
    proposal_id: int
    table_id: int
    mandate_id: int | None
    category: Category
    position: Position
    body: FreeText
    parent_id: int | None = None
    part: Part | None = None
    paragraph: int | None = None
    text_version: int | None = None
    by_mail: bool = False


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Event, texts={"body": "log_text.sealed", "reason": "comment_version.reason"}):
    """The author has changed a comment, and says why."""

    kind: ClassVar[str] = "comment.edited"

    comment_id: int
    proposal_id: int
    table_id: int
    version: int
    position: Position
    body: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class CommentWithdrawn(Event, texts={"reason": "comment.withdrawn_reason"}):
    """The author has withdrawn a comment, and says why."""

    kind: ClassVar[str] = "comment.withdrawn"

    comment_id: int
    proposal_id: int
    table_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class CommentHidden(Event, texts={"reason": "comment.hidden_reason"}):
    """A facilitator has hidden a comment, and says why."""

    kind: ClassVar[str] = "comment.hidden"

    comment_id: int
    proposal_id: int
    table_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class CommentShown(Event, texts={"reason": "log_text.sealed"}):
    """A facilitator has shown a hidden comment again, and says why."""

    kind: ClassVar[str] = "comment.shown"

    comment_id: int
    proposal_id: int
    table_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class CommentErased(Event, texts={"ground": "comment.hidden_reason"}):
    """The text of a comment was erased for good, here and in the log, on a stated ground."""

    kind: ClassVar[str] = "comment.erased"

    comment_id: int
    proposal_id: int
    table_id: int
    ground: FreeText
