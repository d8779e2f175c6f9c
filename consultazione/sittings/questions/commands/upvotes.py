"""Commands that upvote written questions, one or many at a time, by the same rules."""

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
    """Upvote a question as the actor, who is present; idempotent. Locks as `upvote_many`.

    Conflict if the actor is not present or asked it, if it is not shown, or if the sitting is
    not open.
    """
    (refusal,) = upvote_many(tx, question_id=question_id, actors=[tx.actor])
    if refusal is not None:
        raise refusal


def upvote_many(
    tx: Transaction, *, question_id: int, actors: Sequence[Actor]
) -> list[Refusal | None]:
    """Upvote a question as many actors; return for each None or the refusal.

    A refusal does not affect the others. Locks the sitting and the question FOR SHARE, and
    the actors' attendances FOR UPDATE. NotFound if there is no such question.
    """
    question, sitting = share_question(tx, question_id)
    person_ids = [actor.person_id for actor in actors if actor.person_id is not None]
    upvoters = select(Upvote.person_id).where(Upvote.question_id == question.id)
    context = _Context(
        question=question,
        sitting=sitting,
        present=attendances_of(tx, sitting.id, person_ids, lock=True),
        voted=set(tx.session.scalars(upvoters.where(Upvote.person_id.in_(person_ids)))),
    )
    return [_try_upvote(tx, context, actor) for actor in actors]


def withdraw_upvote(tx: Transaction, *, question_id: int) -> None:
    """Withdraw the actor's upvote; idempotent, and without effect on an answered question.

    Locks the sitting and the question FOR SHARE, and the actor's attendance FOR UPDATE.
    Conflict if the actor is not present or the sitting is not open.
    """
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
class _Context:
    """What the upvotes of one batch are checked against.

    present: attendances by person id. voted: the ids of persons who have upvoted.
    """

    question: Question
    sitting: Sitting
    present: dict[int, Attendance]
    voted: set[int]


def _try_upvote(tx: Transaction, context: _Context, actor: Actor) -> Refusal | None:
    try:
        with tx.acting_as(actor):
            _upvote(tx, context)
    except Refusal as refusal:
        return refusal
    return None


def _upvote(tx: Transaction, context: _Context) -> None:
    question = context.question
    require_at(tx, Permission.UPVOTE_QUESTION, context.sitting)
    require_open(context.sitting)
    person_id = acting_person(tx.actor)
    if person_id not in context.present:
        raise Conflict(NOT_PRESENT)
    if question.state is not QuestionState.SHOWN:
        raise Conflict(_("Only a question that is shown can be upvoted."))
    if question.person_id == person_id:
        raise Conflict(_("This question is your own."))
    if person_id not in context.voted:
        context.voted.add(person_id)
        tx.session.add(Upvote(question_id=question.id, person_id=person_id))
        upvoted = QuestionUpvoted(question_id=question.id, person_id=person_id)
        tx.record(questions_stream(context.sitting.id), upvoted)
