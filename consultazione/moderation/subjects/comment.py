"""Comments as texts that can be reported."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.comments.commands.moderating import erase_comment, hide_comment, show_comment
from consultazione.comments.models import Comment
from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.moderation.models import Action, TextKind
from consultazione.moderation.subjects.family import Subject
from consultazione.proposals.models import Proposal


class Comments:
    """Comments on proposals."""

    kind = TextKind.COMMENT
    actions = tuple(Action)

    def find(self, session: Session, text_id: int) -> Subject | None:
        """The comment with its words."""
        comment = session.get(Comment, text_id)
        if comment is None:
            return None
        proposal = session.get_one(Proposal, comment.proposal_id)
        return Subject(
            kind=self.kind,
            id=comment.id,
            author_id=comment.author_id,
            zone_id=proposal.table.zone_id,
            table_id=proposal.table_id,
            words=comment.body,
            about=proposal.title,
            is_shown=comment.is_shown,
            home=("comments.show", {"comment_id": comment.id}),
        )

    def may_read(self, _session: Session, _actor: Actor, subject: Subject) -> bool:
        """Everybody reads what is not hidden."""
        return subject.is_shown

    def hide(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Hide its words."""
        hide_comment(tx, comment_id=text_id, reason=reason)

    def show(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Show them again."""
        show_comment(tx, comment_id=text_id, reason=reason)

    def erase(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Erase its words, here and in the log."""
        erase_comment(tx, comment_id=text_id, ground=reason)
