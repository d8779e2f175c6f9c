"""Proposals as texts that can be reported."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.moderation.models import Action, TextKind
from consultazione.moderation.subjects.family import Subject
from consultazione.proposals.commands.hiding import hide_proposal, show_proposal
from consultazione.proposals.history import standing_text
from consultazione.proposals.models import Proposal


class Proposals:
    """Proposals of a table."""

    kind = TextKind.PROPOSAL
    actions = (Action.LEAVE, Action.ASK_CHANGE, Action.HIDE)

    def find(self, session: Session, text_id: int) -> Subject | None:
        """The proposal with its text as handed in, also while it is hidden."""
        proposal = session.get(Proposal, text_id)
        if proposal is None:
            return None
        text = standing_text(session, proposal)
        return Subject(
            kind=self.kind,
            id=proposal.id,
            author_id=proposal.author_id,
            zone_id=proposal.table.zone_id,
            table_id=proposal.table_id,
            words="\n\n".join(filter(None, (text.title, text.need, text.body, text.effect))),
            about=text.title,
            is_shown=proposal.hidden_at is None,
            home=("proposals.show", {"proposal_id": proposal.id}),
        )

    def may_read(self, _session: Session, _actor: Actor, subject: Subject) -> bool:
        """Everybody reads what is not hidden."""
        return subject.is_shown

    def hide(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Hide its texts, amendments to it and its files."""
        hide_proposal(tx, proposal_id=text_id, reason=reason)

    def show(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Show them again."""
        show_proposal(tx, proposal_id=text_id, reason=reason)

    def erase(self, _tx: Transaction, _text_id: int, _reason: str) -> None:
        """An order of erasure alone finds all places in which a proposal's words stand."""
        raise Conflict(_("A proposal is erased by an order of erasure, in the administration."))
