"""Events of what is said about blocks; they stand in the stream of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


@dataclass(frozen=True, kw_only=True)
class BlockCommented(Event, texts={"body": "block_comment.body"}):
    """A participant has commented on a block of the public draft."""

    kind: ClassVar[str] = "block.commented"

    comment_id: int
    block_id: int
    version: int
    mandate_id: int | None
    category: Category
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class BlockCommentAnswered(Event, texts={"answer": "block_comment.answer"}):
    """The plan office has answered a comment on a block."""

    kind: ClassVar[str] = "block_comment.answered"

    comment_id: int
    block_id: int
    answer: FreeText


@dataclass(frozen=True, kw_only=True)
class ChangeSuggested(
    Event, texts={"body": "block_suggestion.body", "reason": "block_suggestion.reason"}
):
    """A participant has suggested another text for a block, and says why."""

    kind: ClassVar[str] = "change.suggested"

    suggestion_id: int
    block_id: int
    version: int
    mandate_id: int | None
    category: Category
    body: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class SuggestionAccepted(Event, texts={"answer": "block_suggestion.answer"}):
    """The plan office has changed a block as was suggested, and says so."""

    kind: ClassVar[str] = "suggestion.accepted"

    suggestion_id: int
    block_id: int
    answer: FreeText


@dataclass(frozen=True, kw_only=True)
class SuggestionRefused(Event, texts={"answer": "block_suggestion.answer"}):
    """The plan office has left a block as it is, and says why."""

    kind: ClassVar[str] = "suggestion.refused"

    suggestion_id: int
    block_id: int
    answer: FreeText
