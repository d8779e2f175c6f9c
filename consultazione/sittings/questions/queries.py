"""Queries on written questions, ready for JSON: those shown, one's own, those to moderate."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.sittings.queries import names_at
from consultazione.sittings.questions.models import Question, QuestionState, Upvote
from consultazione.sittings.questions.types import (
    ModeratedQuestion,
    OwnQuestion,
    OwnQuestions,
    QuestionSnapshot,
    QuestionsPart,
)

PUBLIC = (QuestionState.SHOWN, QuestionState.ANSWERED)


def shown_questions(session: Session, sitting_id: int) -> list[QuestionSnapshot]:
    """Return the shown and answered questions with their upvotes, in the order of asking."""
    counts = upvotes_of(session, sitting_id)
    query = (
        select(Question)
        .where(Question.sitting_id == sitting_id, Question.state.in_(PUBLIC))
        .order_by(Question.id)
    )
    return [
        {
            "id": question.id,
            "person_id": question.person_id,
            "body": question.body,
            "state": question.state,
            "answer": question.answer,
            "upvotes": counts.get(str(question.id), 0),
        }
        for question in session.scalars(query)
    ]


def questions_frame(session: Session, sitting_id: int) -> QuestionsPart:
    """Return the shown questions, counts of the others, and the names of the askers.

    unseen: how many wait or are hidden; hidden: how many are hidden. When that count changes,
    browsers fetch their own questions, whose authors so learn that one was hidden.
    """
    shown = shown_questions(session, sitting_id)
    unseen = moderated_questions(session, sitting_id)
    askers = {question["person_id"] for question in shown}
    return {
        "questions": shown,
        "unseen": len(unseen),
        "hidden": sum(question["state"] == "hidden" for question in unseen),
        "people": names_at(session, sitting_id, askers),
    }


def upvotes_of(session: Session, sitting_id: int) -> dict[str, int]:
    """Return the number of upvotes of each shown or answered question, by id as text."""
    query = (
        select(Upvote.question_id, func.count())
        .join(Question, Question.id == Upvote.question_id)
        .where(Question.sitting_id == sitting_id, Question.state.in_(PUBLIC))
        .group_by(Upvote.question_id)
        .order_by(Upvote.question_id)
    )
    return {str(question_id): count for question_id, count in session.execute(query)}


def own_questions(session: Session, sitting_id: int, person_id: int | None) -> OwnQuestions:
    """Return the questions that a person asked, and the ids of those that they upvoted."""
    asked = select(Question).filter_by(sitting_id=sitting_id, person_id=person_id)
    upvoted = (
        select(Upvote.question_id)
        .join(Question, Question.id == Upvote.question_id)
        .where(Question.sitting_id == sitting_id, Upvote.person_id == person_id)
        .order_by(Upvote.question_id)
    )
    return {
        "asked": [_own(question) for question in session.scalars(asked.order_by(Question.id))],
        "upvoted": list(session.scalars(upvoted)),
    }


def moderated_questions(session: Session, sitting_id: int) -> list[ModeratedQuestion]:
    """Return the waiting and the hidden questions, as the chair sees them."""
    query = (
        select(Question)
        .where(Question.sitting_id == sitting_id)
        .where(Question.state.in_([QuestionState.WAITING, QuestionState.HIDDEN]))
        .order_by(Question.id)
    )
    return [
        {**_own(question), "person_id": question.person_id} for question in session.scalars(query)
    ]


def _own(question: Question) -> OwnQuestion:
    return {
        "id": question.id,
        "body": question.body,
        "state": question.state,
        "reason": question.reason,
    }
