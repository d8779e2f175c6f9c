"""Written questions as texts that can be reported."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.moderation.models import Action, TextKind
from consultazione.moderation.subjects.family import Subject
from consultazione.moderation.subjects.in_sittings import no_erasing
from consultazione.sittings.models import Sitting
from consultazione.sittings.questions.commands.questions import hide_question, show_question
from consultazione.sittings.questions.models import Question, QuestionState

_SHOWN = (QuestionState.SHOWN, QuestionState.ANSWERED)


class Questions:
    """Written questions of a sitting; they are hidden by its chair, while it goes on."""

    kind = TextKind.QUESTION
    actions = (Action.LEAVE, Action.HIDE)

    def find(self, session: Session, text_id: int) -> Subject | None:
        """The question; None in a rehearsal, which leaves no trace."""
        question = session.get(Question, text_id)
        sitting = session.get_one(Sitting, question.sitting_id) if question else None
        if question is None or sitting is None or sitting.rehearses is not None:
            return None
        return Subject(
            kind=self.kind,
            id=question.id,
            author_id=question.person_id,
            zone_id=sitting.table.zone_id,
            table_id=sitting.table_id,
            words=question.body,
            about=sitting.title,
            is_shown=question.state in _SHOWN,
            home=("sittings.show", {"sitting_id": sitting.id}),
        )

    def may_read(self, _session: Session, _actor: Actor, subject: Subject) -> bool:
        """Everybody reads what the chair has shown."""
        return subject.is_shown

    def hide(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Hide it."""
        hide_question(tx, question_id=text_id, reason=reason)

    def show(self, tx: Transaction, text_id: int, _reason: str) -> None:
        """Show it again."""
        show_question(tx, question_id=text_id)

    def erase(self, _tx: Transaction, _text_id: int, _reason: str) -> None:
        """An order of erasure alone finds all places in which its words stand."""
        no_erasing()
