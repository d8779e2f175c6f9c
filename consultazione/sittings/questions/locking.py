"""The locks that commands take on written questions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.sittings.locking import share_sitting
from consultazione.sittings.models import Sitting
from consultazione.sittings.questions.models import Question


def lock_question(tx: Transaction, question_id: int) -> tuple[Question, Sitting]:
    """A question that nobody else changes until the transaction ends; its sitting shared."""
    return _question(tx, question_id, shared=False)


def share_question(tx: Transaction, question_id: int) -> tuple[Question, Sitting]:
    """A question that stays as it is until the transaction ends; others may share it."""
    return _question(tx, question_id, shared=True)


def _question(tx: Transaction, question_id: int, *, shared: bool) -> tuple[Question, Sitting]:
    question = tx.session.get(Question, question_id)
    if question is None:
        raise NotFound(_("There is no such question."))
    sitting = share_sitting(tx, question.sitting_id)
    tx.session.refresh(question, with_for_update={"read": shared})
    return question, sitting
