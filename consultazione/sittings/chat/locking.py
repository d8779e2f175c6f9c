"""Loads and locks the chats and messages that commands work on.

Whoever writes locks the sitting FOR SHARE, then the attendance, then the chat; so the numbers of
its versions are in the order of commits, and whoever reads those above one misses none.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.sittings.chat.models import Chat, ChatMessage
from consultazione.sittings.locking import share_sitting
from consultazione.sittings.models import Sitting


def lock_chat(tx: Transaction, sitting_id: int) -> Chat | None:
    """Return the chat of a sitting, locked FOR UPDATE; None if it was never opened."""
    return tx.session.get(Chat, sitting_id, with_for_update=True, populate_existing=True)


def lock_message(tx: Transaction, chat_message_id: int) -> tuple[ChatMessage, Chat, Sitting]:
    """Return a message and its chat, both locked FOR UPDATE, and its sitting, FOR SHARE.

    NotFound if there is no such message, or none any more.
    """
    message = tx.session.get(ChatMessage, chat_message_id)
    sitting = share_sitting(tx, message.sitting_id) if message else None
    chat = lock_chat(tx, message.sitting_id) if message else None
    locked = select(ChatMessage).filter_by(id=chat_message_id).with_for_update()
    message = tx.session.scalar(locked.execution_options(populate_existing=True))
    if message is None or chat is None or sitting is None:
        raise NotFound(_("There is no such message in the chat."))
    return message, chat, sitting


def count_messages(tx: Transaction, sitting_id: int, *, hidden: bool = False) -> int:
    """Return how many messages a chat has, or how many of them are hidden."""
    query = select(func.count()).select_from(ChatMessage).filter_by(sitting_id=sitting_id)
    if hidden:
        query = query.where(ChatMessage.hidden_reason.is_not(None))
    return tx.session.scalar(query) or 0
