"""Events of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.plan.models import ContributionState


def plan_stream(cycle_id: int) -> str:
    """The stream of a cycle's plan."""
    return f"plan:{cycle_id}"


@dataclass(frozen=True, kw_only=True)
class ContributionForwarded(Event):
    """A worker has forwarded an outcome's item to a chapter of the plan."""

    kind: ClassVar[str] = "contribution.forwarded"

    contribution_id: int
    item_id: int
    chapter_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionTakenIn(
    Event, texts={"body": "block_version.body", "reason": "contribution.reason"}
):
    """The plan office has taken a contribution in, as a paragraph."""

    kind: ClassVar[str] = "contribution.taken_in"

    contribution_id: int
    paragraph_id: int
    body: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ContributionTakenInPart(
    Event, texts={"body": "block_version.body", "reason": "contribution.reason"}
):
    """The plan office has taken part of a contribution in, as a paragraph, and says which."""

    kind: ClassVar[str] = "contribution.taken_in_part"

    contribution_id: int
    paragraph_id: int
    body: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ContributionRefused(Event, texts={"reason": "contribution.reason"}):
    """The plan office has refused a contribution, and says why."""

    kind: ClassVar[str] = "contribution.refused"

    contribution_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ContributionRedirected(Event, texts={"reason": "contribution.reason"}):
    """The plan office has named who else a contribution is for."""

    kind: ClassVar[str] = "contribution.redirected"

    contribution_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class AnswerCorrected(
    Event,
    texts={
        "reason": "contribution.reason",
        "body": "block_version.body",
        "why": "revision.reason",
    },
):
    """The plan office has corrected its answer; `body` is a paragraph that is taken in only now."""

    kind: ClassVar[str] = "contribution.answer_corrected"

    contribution_id: int
    version: int
    answer: ContributionState
    reason: FreeText
    why: FreeText
    paragraph_id: int | None
    body: FreeText | None


@dataclass(frozen=True, kw_only=True)
class AnswerDrafted(Event):
    """The plan office has prepared an answer, to be published together with others."""

    kind: ClassVar[str] = "answer.drafted"

    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class AnswersReleased(Event):
    """The plan office has published the answers that it had prepared."""

    kind: ClassVar[str] = "answers.released"

    cycle_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class AnswersDueSet(Event):
    """The plan office has said by when it means to have answered contributions."""

    kind: ClassVar[str] = "plan.answers_due_set"

    cycle_id: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class ParagraphWritten(Event, texts={"body": "block_version.body"}):
    """The plan office has written a paragraph of its own."""

    kind: ClassVar[str] = "paragraph.written"

    paragraph_id: int
    chapter_id: int
    body: FreeText
