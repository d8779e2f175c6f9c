"""Upvoting written questions, one or many at a time: the rule for each stands here once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Refusal
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.locking import (
    NOT_PRESENT,
    attendances_of,
    require_at,
    require_open,
    require_present,
)
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.questions.events import (
    QuestionUpvoted,
    UpvoteWithdrawn,
    questions_stream,
)
from consultazione.sittings.questions.locking import share_question
from consultazione.sittings.questions.models import Question, QuestionState, Upvote


def upvote_question(tx: Transaction, *, question_id: int) -> None:
    """The actor would like a question to be answered; harmless if they said so."""
    (refusal,) = upvote_many(tx, question_id=question_id, actors=[tx.actor])
    if refusal is not None:
        raise refusal


def upvote_many(
    tx: Transaction, *, question_id: int, actors: Sequence[Actor]
) -> list[Refusal | None]:
    """Many would like a question to be answered; a refusal of one spoils no other.

    Returns for each why not, or None; NotFound if there is no such question.
    """
    question, sitting = share_question(tx, question_id)
    persons = [actor.person_id for actor in actors if actor.person_id is not None]
    given = select(Upvote.person_id).where(Upvote.question_id == question.id)
    box = _Box(
        question=question,
        sitting=sitting,
        present=attendances_of(tx, sitting.id, persons, alone=True),
        voted=set(tx.session.scalars(given.where(Upvote.person_id.in_(persons)))),
    )
    return [_answer(tx, box, actor) for actor in actors]


def withdraw_upvote(tx: Transaction, *, question_id: int) -> None:
    """The actor takes an upvote back; harmless if there is none."""
    question, sitting = share_question(tx, question_id)
    require_at(tx, Permission.WITHDRAW_UPVOTE, sitting)
    require_open(sitting)
    person_id = require_present(tx, sitting.id).person_id
    upvote = tx.session.get(Upvote, (question.id, person_id))
    if upvote is not None and question.state is QuestionState.SHOWN:
        tx.session.delete(upvote)
        withdrawn = UpvoteWithdrawn(question_id=question.id, person_id=person_id)
        tx.record(questions_stream(sitting.id), withdrawn)


@dataclass
class _Box:
    """A question, who of those asking is present, and who of them has upvoted it."""

    question: Question
    sitting: Sitting
    present: dict[int, Attendance]
    voted: set[int]


def _answer(tx: Transaction, box: _Box, actor: Actor) -> Refusal | None:
    try:
        with tx.acting_as(actor):
            _upvote(tx, box)
    except Refusal as refusal:
        return refusal
    return None


def _upvote(tx: Transaction, box: _Box) -> None:
    question = box.question
    require_at(tx, Permission.UPVOTE_QUESTION, box.sitting)
    require_open(box.sitting)
    person_id = acting_person(tx.actor)
    if person_id not in box.present:
        raise Conflict(NOT_PRESENT)
    if question.state is not QuestionState.SHOWN:
        raise Conflict(_("Only a question that is shown can be upvoted."))
    if question.person_id == person_id:
        raise Conflict(_("This question is your own."))
    if person_id not in box.voted:
        box.voted.add(person_id)
        tx.session.add(Upvote(question_id=question.id, person_id=person_id))
        upvoted = QuestionUpvoted(question_id=question.id, person_id=person_id)
        tx.record(questions_stream(box.sitting.id), upvoted)
