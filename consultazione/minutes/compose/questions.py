"""Written questions in the minutes: those that were shown, with their answers."""

from __future__ import annotations

from collections import defaultdict

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import QuestionRow
from consultazione.sittings.questions.events import (
    QuestionAnswered,
    QuestionAsked,
    QuestionHidden,
    QuestionMerged,
    QuestionShown,
    QuestionUpvoted,
    UpvoteWithdrawn,
)


def question_rows(facts: SittingFacts, point_id: int | None) -> list[QuestionRow]:
    """The questions on a point as the minutes show them, or those off the agenda if None.

    A question belongs to the point where it was answered, otherwise to the one where it was
    asked.
    """
    answers = {event.question_id: (entry, event) for entry, event in facts.each(QuestionAnswered)}
    shown, wished = _shown(facts), _wished(facts)
    rows: list[QuestionRow] = []
    for _, asked in facts.each(QuestionAsked):
        entry, answered = answers.get(asked.question_id, (None, None))
        at = asked.point_id if answered is None else answered.point_id
        if at != point_id or asked.question_id not in shown:
            continue
        written = None if answered is None or answered.answer is None else answered.answer
        rows.append(
            {
                "id": asked.question_id,
                "person": facts.names.person(asked.person_id),
                "organisation": facts.names.organisation(asked.mandate_id),
                "body": wording.text(asked.body),
                "upvotes": len(wished[asked.question_id]),
                "answer": None if written is None else wording.text(written),
                "entry": None if entry is None else entry.number,
            }
        )
    return rows


def _shown(facts: SittingFacts) -> set[int]:
    """The ids of the questions that were shown, and not hidden or merged since."""
    shown: set[int] = set()
    for entry in facts.entries:
        if isinstance(entry.event, QuestionShown):
            shown.add(entry.event.question_id)
        elif isinstance(entry.event, QuestionHidden | QuestionMerged):
            shown.discard(entry.event.question_id)
    return shown


def _wished(facts: SittingFacts) -> dict[int, set[int]]:
    """The ids of the persons who upvoted each question, by question id."""
    askers = {event.question_id: event.person_id for _, event in facts.each(QuestionAsked)}
    wished: dict[int, set[int]] = defaultdict(set)
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, QuestionUpvoted):
            wished[event.question_id].add(event.person_id)
        elif isinstance(event, UpvoteWithdrawn):
            wished[event.question_id].discard(event.person_id)
        elif isinstance(event, QuestionMerged):
            together = wished[event.question_id] | {askers[event.question_id]}
            wished[event.into] |= together - {askers[event.into]}
    return wished
