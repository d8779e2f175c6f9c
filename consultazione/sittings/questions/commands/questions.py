"""Commands of written questions: those present ask them, the chair moderates them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.locking import (
    current_point,
    require_at,
    require_open,
    require_present,
    share_sitting,
)
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.questions.events import (
    QuestionAnswered,
    QuestionAsked,
    QuestionHidden,
    QuestionMerged,
    QuestionShown,
    questions_stream,
)
from consultazione.sittings.questions.locking import lock_question
from consultazione.sittings.questions.models import Question, QuestionState, Upvote

# How many waiting questions one person may have.
MOST_WAITING = 3
# How many questions one person may ask in one sitting, whatever became of them.
MOST_ASKED = 50
_NOT_SHOWN = (QuestionState.WAITING, QuestionState.HIDDEN)


def ask_question(tx: Transaction, *, sitting_id: int, body: str) -> Question:
    """Ask a question in writing as the actor, who is present.

    Idempotent: returns the actor's waiting question with the same words, if there is one.
    Locks the sitting FOR SHARE and the actor's attendance FOR UPDATE. Conflict if the actor is
    not present, has MOST_WAITING questions waiting or has asked MOST_ASKED, or if the sitting is
    not open.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.ASK_QUESTION, sitting)
    require_open(sitting)
    attendance = require_present(tx, sitting.id)
    own = select(Question).filter_by(
        sitting_id=sitting.id, person_id=attendance.person_id, state=QuestionState.WAITING
    )
    waiting = list(tx.session.scalars(own))
    for question in waiting:
        if question.body == body:
            return question
    if len(waiting) >= MOST_WAITING:
        raise Conflict(_("Your earlier questions are waiting: ask again once they are shown."))
    asked = select(func.count()).select_from(Question)
    asked = asked.filter_by(sitting_id=sitting.id, person_id=attendance.person_id)
    if (tx.session.scalar(asked) or 0) >= MOST_ASKED:
        raise Conflict(_("You have asked as many questions as one person can in a sitting."))
    return _record_question(tx, attendance, body)


def show_question(tx: Transaction, *, question_id: int) -> Question:
    """Show a question to everybody; idempotent.

    Locks the question FOR UPDATE. Conflict if the sitting is not open.
    """
    question, sitting = lock_question(tx, question_id)
    require_at(tx, Permission.SHOW_QUESTION, sitting)
    require_open(sitting)
    if question.state in _NOT_SHOWN:
        question.state, question.reason = QuestionState.SHOWN, None
        tx.record(questions_stream(sitting.id), QuestionShown(question_id=question.id))
    return question


def hide_question(tx: Transaction, *, question_id: int, reason: str) -> Question:
    """Hide a question for a reason; idempotent for the same reason.

    Locks the question FOR UPDATE. Conflict if it was merged or answered, or if the sitting is
    not open.
    """
    question, sitting = lock_question(tx, question_id)
    require_at(tx, Permission.HIDE_QUESTION, sitting)
    require_open(sitting)
    if question.state in (QuestionState.MERGED, QuestionState.ANSWERED):
        raise Conflict(_("This question has been dealt with."))
    if (question.state, question.reason) != (QuestionState.HIDDEN, reason):
        question.state, question.reason = QuestionState.HIDDEN, reason
        tx.record(
            questions_stream(sitting.id),
            QuestionHidden(question_id=question.id, reason=FreeText(reason)),
        )
    return question


def merge_question(tx: Transaction, *, question_id: int, into: int) -> Question:
    """Merge a question into a shown one that asks the same; idempotent.

    Its author and those who upvoted it now upvote the other. Locks both FOR UPDATE, the lower
    id first. Conflict if the other is not a shown question of the same sitting, if this one
    was answered or merged into a third, or if the sitting is not open.
    """
    low, high = (lock_question(tx, either_id)[0] for either_id in sorted((question_id, into)))
    question, other = (low, high) if low.id == question_id else (high, low)
    sitting = tx.session.get_one(Sitting, question.sitting_id)
    require_at(tx, Permission.MERGE_QUESTION, sitting)
    require_open(sitting)
    if question.state is QuestionState.MERGED and question.merged_into == other.id:
        return question
    unrelated = question.id == other.id or question.sitting_id != other.sitting_id
    if unrelated or other.state is not QuestionState.SHOWN:
        raise Conflict(_("Choose another question of this sitting that is shown."))
    if question.state in (QuestionState.MERGED, QuestionState.ANSWERED):
        raise Conflict(_("This question has been dealt with."))
    question.state, question.merged_into = QuestionState.MERGED, other.id
    _hand_over_upvotes(tx, question, other)
    tx.record(questions_stream(sitting.id), QuestionMerged(question_id=question.id, into=other.id))
    return question


def answer_question(tx: Transaction, *, question_id: int, answer: str | None) -> Question:
    """Answer a shown question: in writing, or live if `answer` is None; idempotent.

    A question that is answered keeps its first answer. Locks it FOR UPDATE. Conflict if it is
    not shown, or if the sitting is not open.
    """
    question, sitting = lock_question(tx, question_id)
    require_at(tx, Permission.ANSWER_QUESTION, sitting)
    require_open(sitting)
    if question.state is QuestionState.ANSWERED:
        return question
    if question.state is not QuestionState.SHOWN:
        raise Conflict(_("Show the question before you answer it."))
    question.state, question.answer, question.answered_at = QuestionState.ANSWERED, answer, tx.now
    point = current_point(tx, sitting.id)
    tx.record(
        sitting_stream(sitting.id),
        QuestionAnswered(
            question_id=question.id,
            point_id=None if point is None else point.id,
            person_id=question.person_id,
            upvotes=_count_upvotes(tx, question.id),
            body=FreeText(question.body),
            answer=None if answer is None else FreeText(answer),
        ),
    )
    return question


def _record_question(tx: Transaction, attendance: Attendance, body: str) -> Question:
    point = current_point(tx, attendance.sitting_id)
    question = Question(
        sitting_id=attendance.sitting_id,
        point_id=None if point is None else point.id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
        body=body,
        state=QuestionState.WAITING,
        asked_at=tx.now,
    )
    tx.session.add(question)
    tx.flush()
    tx.record(
        questions_stream(question.sitting_id),
        QuestionAsked(
            question_id=question.id,
            point_id=question.point_id,
            person_id=question.person_id,
            mandate_id=question.mandate_id,
            category=question.category,
            body=FreeText(body),
        ),
    )
    return question


def _hand_over_upvotes(tx: Transaction, question: Question, other: Question) -> None:
    voters = select(Upvote.person_id).where(Upvote.question_id == question.id)
    persons = {*tx.session.scalars(voters), question.person_id} - {other.person_id}
    for person_id in sorted(persons):
        upvote = insert(Upvote).values(question_id=other.id, person_id=person_id)
        tx.session.execute(upvote.on_conflict_do_nothing())


def _count_upvotes(tx: Transaction, question_id: int) -> int:
    query = select(func.count(literal(1))).where(Upvote.question_id == question_id)
    return tx.session.scalar(query) or 0
