"""Types of written questions as the room and the authors receive them, ready for JSON."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from consultazione.sittings.questions.models import QuestionState
from consultazione.sittings.types import People


class QuestionSnapshot(TypedDict):
    """A question that everybody sees; one that was answered live has no `answer`."""

    id: int
    person_id: int
    body: str
    state: QuestionState
    answer: str | None
    upvotes: int


class QuestionsPart(TypedDict):
    """The newest questions that are shown, how many are not, and how many of those are hidden.

    more_questions: how many others are shown, older than these.
    """

    questions: list[QuestionSnapshot]
    more_questions: int
    unseen: int
    hidden: int
    people: People


class OwnQuestion(TypedDict):
    """A question as the person who asked it sees it; `reason` says why it is hidden."""

    id: int
    body: str
    state: QuestionState
    reason: str | None


class ModeratedQuestion(OwnQuestion):
    """A question that is not shown, as the chair sees it."""

    person_id: int


class OwnQuestions(TypedDict):
    """One's own questions and the ids of those upvoted; for the chair also `moderated`."""

    asked: list[OwnQuestion]
    upvoted: list[int]
    moderated: NotRequired[list[ModeratedQuestion]]
