"""Steps of the chat that several commands share."""

from __future__ import annotations

from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.sittings.chat.events import ChatClosed
from consultazione.sittings.chat.locking import count_messages, lock_chat
from consultazione.sittings.chat.models import KEPT_FOR, Chat, ChatMessage
from consultazione.sittings.events import sitting_stream


def shut(tx: Transaction, chat: Chat) -> None:
    """Close an open chat, and record how many messages it has; do nothing if it is closed."""
    if not chat.is_open:
        return
    chat.is_open = False
    closed = ChatClosed(
        sitting_id=chat.sitting_id,
        messages=count_messages(tx, chat.sitting_id),
        hidden=count_messages(tx, chat.sitting_id, hidden=True),
    )
    tx.record(sitting_stream(chat.sitting_id), closed)


def end_chat(tx: Transaction, sitting_id: int) -> None:
    """Close the chat of a sitting that is being closed, and forget it or set its last day.

    The caller has locked the sitting FOR UPDATE.
    """
    chat = lock_chat(tx, sitting_id)
    if chat is None:
        return
    shut(tx, chat)
    if chat.kept:
        chat.forget_after = tx.now + KEPT_FOR
    else:
        delete_messages(tx, sitting_id)


def delete_messages(tx: Transaction, sitting_id: int) -> None:
    """Delete all messages of a chat."""
    tx.session.execute(delete(ChatMessage).where(ChatMessage.sitting_id == sitting_id))
