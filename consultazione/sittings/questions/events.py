"""Events of written questions: beside the sitting until one is answered in front of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


def questions_stream(sitting_id: int) -> str:
    """The stream of a sitting's questions; the room sees those that are shown."""
    return f"questions:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event, texts={"body": "question.body"}):
    """A participant has asked a question in writing."""

    kind: ClassVar[str] = "question.asked"

    question_id: int
    point_id: int | None
    person_id: int
    mandate_id: int | None
    category: Category
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class QuestionShown(Event):
    """The facilitator shows a question to everybody."""

    kind: ClassVar[str] = "question.shown"

    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionHidden(Event, texts={"reason": "question.reason"}):
    """The facilitator does not show a question, and says why."""

    kind: ClassVar[str] = "question.hidden"

    question_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class QuestionMerged(Event):
    """The facilitator has merged a question into another that asks the same."""

    kind: ClassVar[str] = "question.merged"

    question_id: int
    into: int


@dataclass(frozen=True, kw_only=True)
class QuestionUpvoted(Event):
    """A participant would like a question to be answered."""

    kind: ClassVar[str] = "question.upvoted"

    question_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class UpvoteWithdrawn(Event):
    """A participant no longer asks for a question to be answered."""

    kind: ClassVar[str] = "question.upvote_withdrawn"

    question_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event, texts={"body": "question.body", "answer": "question.answer"}):
    """A question has been answered, live in the sitting or in writing."""

    kind: ClassVar[str] = "question.answered"

    question_id: int
    point_id: int | None
    person_id: int
    upvotes: int
    body: FreeText
    answer: FreeText | None
