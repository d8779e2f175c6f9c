"""Statements as texts that can be reported."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.moderation.models import Action, TextKind
from consultazione.moderation.subjects.family import Subject
from consultazione.moderation.subjects.in_sittings import no_erasing
from consultazione.sittings.models import Sitting
from consultazione.sittings.record.commands.statements import hide_statement, show_statement
from consultazione.sittings.record.models import Statement, StatementState


class Statements:
    """Statements in a sitting; their words are hidden by its chair, while it goes on."""

    kind = TextKind.STATEMENT
    actions = (Action.LEAVE, Action.HIDE)

    def find(self, session: Session, text_id: int) -> Subject | None:
        """The statement; None in a rehearsal, which leaves no trace."""
        statement = session.get(Statement, text_id)
        sitting = session.get_one(Sitting, statement.sitting_id) if statement else None
        if statement is None or sitting is None or sitting.rehearses is not None:
            return None
        return Subject(
            kind=self.kind,
            id=statement.id,
            author_id=statement.person_id,
            zone_id=sitting.table.zone_id,
            table_id=sitting.table_id,
            words=statement.body,
            about=sitting.title,
            is_shown=statement.state is StatementState.MADE,
            home=("sittings.show", {"sitting_id": sitting.id}),
        )

    def may_read(self, _session: Session, _actor: Actor, subject: Subject) -> bool:
        """Everybody reads what is not hidden or withdrawn."""
        return subject.is_shown

    def hide(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Hide its words."""
        hide_statement(tx, statement_id=text_id, reason=reason)

    def show(self, tx: Transaction, text_id: int, _reason: str) -> None:
        """Show them again."""
        show_statement(tx, statement_id=text_id)

    def erase(self, _tx: Transaction, _text_id: int, _reason: str) -> None:
        """An order of erasure alone finds all places in which its words stand."""
        no_erasing()
