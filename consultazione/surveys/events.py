"""Events of surveys, each survey in a stream of its own.

Who answered and what is no event: the log says that somebody did. When a survey is closed it keeps
how many had answered, and the digest of the numbers that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.surveys.models import QuestionKind


def survey_stream(survey_id: int) -> str:
    """The stream of a survey."""
    return f"survey:{survey_id}"


@dataclass(frozen=True, kw_only=True)
class SurveyPrepared(Event, texts={"title": "survey.title", "intro": "survey.intro"}):
    """Who runs a table prepares a survey, before a sitting or at a point of its agenda."""

    kind: ClassVar[str] = "survey.prepared"

    survey_id: int
    table_id: int
    sitting_id: int | None
    point_id: int | None
    least_group: int
    title: FreeText
    intro: FreeText


@dataclass(frozen=True, kw_only=True)
class SurveyQuestionAdded(
    Event, texts={"body": "survey_question.body", "options": "survey_question.options"}
):
    """A question was added to a survey that is prepared."""

    kind: ClassVar[str] = "survey.question_added"

    survey_id: int
    question_id: int
    number: int
    question_kind: QuestionKind
    body: FreeText
    options: FreeText


@dataclass(frozen=True, kw_only=True)
class SurveyQuestionRemoved(Event):
    """A question was taken out of a survey that is prepared."""

    kind: ClassVar[str] = "survey.question_removed"

    survey_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class SurveyOpened(Event):
    """A survey was opened: people answer."""

    kind: ClassVar[str] = "survey.opened"

    survey_id: int


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    """Somebody has answered a survey, or has answered it anew."""

    kind: ClassVar[str] = "survey.answered"

    survey_id: int


@dataclass(frozen=True, kw_only=True)
class SurveyClosed(Event):
    """A survey was closed: who answered what is erased, and the numbers are shown."""

    kind: ClassVar[str] = "survey.closed"

    survey_id: int
    participants: int
    # SHA-256 of the numbers' canonical bytes; None with too few people, of whom nothing is shown.
    results_sha256: str | None


@dataclass(frozen=True, kw_only=True)
class SurveyDiscarded(Event):
    """A survey that was never opened was thrown away, with its questions."""

    kind: ClassVar[str] = "survey.discarded"

    survey_id: int
    question_ids: list[int]
