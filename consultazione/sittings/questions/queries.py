"""Queries on written questions, ready for JSON: those shown, one's own, those to moderate."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select
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
# How many questions a room shows, the newest; and how many a person or the chair gets of each
# of their own lists.
MOST_SHOWN = 200


def shown_questions(
    session: Session, sitting_id: int, *, after: int = 0, limit: int = MOST_SHOWN
) -> list[QuestionSnapshot]:
    """Return shown and answered questions with their upvotes, in the order of asking.

    after: an id; those with greater ids follow, at most `limit` of them.
    """
    query = _public(sitting_id).where(Question.id > after).order_by(Question.id).limit(limit)
    return _shown(session, query)


def questions_frame(session: Session, sitting_id: int) -> QuestionsPart:
    """Return the newest shown questions, counts of the others, and the names of the askers.

    unseen: how many wait or are hidden; hidden: how many are hidden. When that count changes,
    browsers fetch their own questions, whose authors so learn that one was hidden.
    """
    shown = _shown(session, _newest(sitting_id))[::-1]
    counts = _counts(session, sitting_id)
    askers = {question["person_id"] for question in shown}
    hidden = counts.get(QuestionState.HIDDEN, 0)
    return {
        "questions": shown,
        "more_questions": sum(counts.get(state, 0) for state in PUBLIC) - len(shown),
        "unseen": counts.get(QuestionState.WAITING, 0) + hidden,
        "hidden": hidden,
        "people": names_at(session, sitting_id, askers),
    }


def upvotes_of(session: Session, sitting_id: int) -> dict[str, int]:
    """Return the number of upvotes of each question that the room shows, by id as text."""
    newest = _newest(sitting_id).with_only_columns(Question.id)
    return _upvotes(session, list(session.scalars(newest)))


def _public(sitting_id: int) -> Select[Question]:
    return select(Question).where(Question.sitting_id == sitting_id, Question.state.in_(PUBLIC))


def _newest(sitting_id: int) -> Select[Question]:
    return _public(sitting_id).order_by(Question.id.desc()).limit(MOST_SHOWN)


def _shown(session: Session, query: Select[Question]) -> list[QuestionSnapshot]:
    questions = list(session.scalars(query))
    counts = _upvotes(session, [question.id for question in questions])
    return [
        {
            "id": question.id,
            "person_id": question.person_id,
            "body": question.body,
            "state": question.state,
            "answer": question.answer,
            "upvotes": counts.get(str(question.id), 0),
        }
        for question in questions
    ]


def _upvotes(session: Session, question_ids: Collection[int]) -> dict[str, int]:
    query = (
        select(Upvote.question_id, func.count())
        .where(Upvote.question_id.in_(question_ids))
        .group_by(Upvote.question_id)
        .order_by(Upvote.question_id)
    )
    return {str(question_id): count for question_id, count in session.execute(query)}


def _counts(session: Session, sitting_id: int) -> dict[QuestionState, int]:
    """How many questions of a sitting are in which state."""
    query = select(Question.state, func.count()).filter_by(sitting_id=sitting_id)
    return dict(iter(session.execute(query.group_by(Question.state))))


def own_questions(session: Session, sitting_id: int, person_id: int | None) -> OwnQuestions:
    """Return the newest questions that a person asked, and the ids of those that they upvoted."""
    asked = (
        select(Question)
        .filter_by(sitting_id=sitting_id, person_id=person_id)
        .order_by(Question.id.desc())
        .limit(MOST_SHOWN)
    )
    upvoted = (
        select(Upvote.question_id)
        .join(Question, Question.id == Upvote.question_id)
        .where(Question.sitting_id == sitting_id, Upvote.person_id == person_id)
        .order_by(Upvote.question_id.desc())
        .limit(MOST_SHOWN)
    )
    return {
        "asked": [_own(question) for question in session.scalars(asked)][::-1],
        "upvoted": list(session.scalars(upvoted))[::-1],
    }


def moderated_questions(session: Session, sitting_id: int) -> list[ModeratedQuestion]:
    """Return the first waiting and hidden questions, as the chair sees them."""
    query = (
        select(Question)
        .where(Question.sitting_id == sitting_id)
        .where(Question.state.in_([QuestionState.WAITING, QuestionState.HIDDEN]))
        .order_by(Question.state != QuestionState.WAITING, Question.id)
        .limit(MOST_SHOWN)
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
