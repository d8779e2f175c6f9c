"""Messages of the chat of a sitting as texts that can be reported."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.moderation.models import Action, TextKind
from consultazione.moderation.subjects.family import Subject
from consultazione.moderation.subjects.in_sittings import no_erasing, was_there
from consultazione.sittings.chat.commands.messages import hide_chat_message, show_chat_message
from consultazione.sittings.chat.models import ChatMessage
from consultazione.sittings.models import Sitting


class ChatMessages:
    """Messages of a chat, which are forgotten after the sitting; so are reports of them."""

    kind = TextKind.CHAT_MESSAGE
    actions = (Action.LEAVE, Action.HIDE)

    def find(self, session: Session, text_id: int) -> Subject | None:
        """The message; None once the chat is forgotten, or in a rehearsal."""
        message = session.get(ChatMessage, text_id)
        sitting = session.get_one(Sitting, message.sitting_id) if message else None
        if message is None or sitting is None or sitting.rehearses is not None:
            return None
        return Subject(
            kind=self.kind,
            id=message.id,
            author_id=message.person_id,
            zone_id=sitting.table.zone_id,
            table_id=sitting.table_id,
            words=message.body,
            about=sitting.title,
            is_shown=message.hidden_reason is None,
            home=("sittings.show", {"sitting_id": sitting.id}),
        )

    def may_read(self, session: Session, actor: Actor, subject: Subject) -> bool:
        """Those who were there read the chat."""
        _page, arguments = subject.home
        return subject.is_shown and was_there(session, actor, arguments["sitting_id"])

    def hide(self, tx: Transaction, text_id: int, reason: str) -> None:
        """Hide it."""
        hide_chat_message(tx, chat_message_id=text_id, reason=reason)

    def show(self, tx: Transaction, text_id: int, _reason: str) -> None:
        """Show it again."""
        show_chat_message(tx, chat_message_id=text_id)

    def erase(self, _tx: Transaction, _text_id: int, _reason: str) -> None:
        """The chat is forgotten by itself."""
        no_erasing()
