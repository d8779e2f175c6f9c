"""Reading written questions, ready for JSON: those shown, one's own, all for who presides."""

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
    """The questions that everybody sees, in the order of being asked, with their upvotes."""
    counts = upvotes_of(session, sitting_id)
    query = (
        select(Question)
        .where(Question.sitting_id == sitting_id, Question.state.in_(PUBLIC))
        .order_by(Question.id)
    )
    return [
        {
            "id": one.id,
            "person_id": one.person_id,
            "body": one.body,
            "state": one.state,
            "answer": one.answer,
            "upvotes": counts.get(str(one.id), 0),
        }
        for one in session.scalars(query)
    ]


def questions_frame(session: Session, sitting_id: int) -> QuestionsPart:
    """The questions that are shown, how many are not and were hidden, and who has asked.

    Who asked one that is hidden sees by its number that there is something to ask after.
    """
    shown = shown_questions(session, sitting_id)
    unseen = moderated_questions(session, sitting_id)
    askers = {one["person_id"] for one in shown}
    return {
        "questions": shown,
        "unseen": len(unseen),
        "hidden": sum(one["state"] == "hidden" for one in unseen),
        "people": names_at(session, sitting_id, askers),
    }


def upvotes_of(session: Session, sitting_id: int) -> dict[str, int]:
    """How many would like each question to be answered, by id as text."""
    query = (
        select(Upvote.question_id, func.count())
        .join(Question, Question.id == Upvote.question_id)
        .where(Question.sitting_id == sitting_id, Question.state.in_(PUBLIC))
        .group_by(Upvote.question_id)
        .order_by(Upvote.question_id)
    )
    return {str(question_id): count for question_id, count in session.execute(query)}


def own_questions(session: Session, sitting_id: int, person_id: int | None) -> OwnQuestions:
    """What somebody has asked, with what became of it, and what they have upvoted."""
    asked = select(Question).filter_by(sitting_id=sitting_id, person_id=person_id)
    upvoted = (
        select(Upvote.question_id)
        .join(Question, Question.id == Upvote.question_id)
        .where(Question.sitting_id == sitting_id, Upvote.person_id == person_id)
        .order_by(Upvote.question_id)
    )
    return {
        "asked": [_own(one) for one in session.scalars(asked.order_by(Question.id))],
        "upvoted": list(session.scalars(upvoted)),
    }


def moderated_questions(session: Session, sitting_id: int) -> list[ModeratedQuestion]:
    """The questions that are not shown, as who presides sees them; the merged ones are gone."""
    query = (
        select(Question)
        .where(Question.sitting_id == sitting_id)
        .where(Question.state.in_([QuestionState.WAITING, QuestionState.HIDDEN]))
        .order_by(Question.id)
    )
    return [{**_own(one), "person_id": one.person_id} for one in session.scalars(query)]


def _own(one: Question) -> OwnQuestion:
    return {"id": one.id, "body": one.body, "state": one.state, "reason": one.reason}
