"""Loads and locks the written questions that commands work on."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.sittings.locking import share_sitting
from consultazione.sittings.models import Sitting
from consultazione.sittings.questions.models import Question


def lock_question(tx: Transaction, question_id: int) -> tuple[Question, Sitting]:
    """Return a question, locked FOR UPDATE, and its sitting, locked FOR SHARE.

    NotFound if there is no such question.
    """
    return _load_question(tx, question_id, shared=False)


def share_question(tx: Transaction, question_id: int) -> tuple[Question, Sitting]:
    """Return a question and its sitting, both locked FOR SHARE; NotFound without the question."""
    return _load_question(tx, question_id, shared=True)


def _load_question(tx: Transaction, question_id: int, *, shared: bool) -> tuple[Question, Sitting]:
    question = tx.session.get(Question, question_id)
    if question is None:
        raise NotFound(_("There is no such question."))
    sitting = share_sitting(tx, question.sitting_id)
    tx.session.refresh(question, with_for_update={"read": shared})
    return question, sitting
