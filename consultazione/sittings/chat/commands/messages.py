"""Commands of the messages of a chat: those present write them, the chair moderates them.

A message is the one thing in a sitting that leaves no entry in the log: what is beside the
record and can be forgotten must not stand where nothing is ever deleted.
"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.chat.events import ChatModerated, chat_stream
from consultazione.sittings.chat.locking import count_messages, lock_chat, lock_message
from consultazione.sittings.chat.models import Chat, ChatMessage
from consultazione.sittings.locking import (
    require_at,
    require_open,
    require_present,
    share_sitting,
)

# How many messages one person may write in a minute, and in one sitting.
MOST_A_MINUTE = 10
MOST_WRITTEN = 200


def write_chat_message(tx: Transaction, *, sitting_id: int, body: str) -> ChatMessage:
    """Write a message in the open chat of a sitting as the actor, who is present.

    Locks the sitting FOR SHARE, the actor's attendance and the chat FOR UPDATE. Conflict if the
    chat is closed, if the actor is not present or has written MOST_A_MINUTE within a minute or
    MOST_WRITTEN in all, or if the sitting is not open.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.WRITE_CHAT_MESSAGE, sitting)
    require_open(sitting)
    attendance = require_present(tx, sitting.id)
    _check_flood(tx, sitting.id, attendance.person_id)
    chat = lock_chat(tx, sitting.id)
    if chat is None or not chat.is_open:
        raise Conflict(_("The chat is closed: wait until the chair opens it."))
    message = ChatMessage(
        sitting_id=sitting.id,
        person_id=attendance.person_id,
        body=body,
        written_at=tx.now,
        version=_next_version(chat),
    )
    tx.session.add(message)
    tx.flush()
    return message


def hide_chat_message(tx: Transaction, *, chat_message_id: int, reason: str) -> ChatMessage:
    """Hide a message for a reason, which those present read in its place; idempotent.

    Locks the chat and the message FOR UPDATE. Conflict if the sitting is not open.
    """
    message, chat, sitting = lock_message(tx, chat_message_id)
    require_at(tx, Permission.HIDE_CHAT_MESSAGE, sitting)
    require_open(sitting)
    if message.hidden_reason != reason:
        _moderate(tx, chat, message, reason)
    return message


def show_chat_message(tx: Transaction, *, chat_message_id: int) -> ChatMessage:
    """Show a hidden message again; idempotent.

    Locks the chat and the message FOR UPDATE. Conflict if the sitting is not open.
    """
    message, chat, sitting = lock_message(tx, chat_message_id)
    require_at(tx, Permission.SHOW_CHAT_MESSAGE, sitting)
    require_open(sitting)
    if message.hidden_reason is not None:
        _moderate(tx, chat, message, None)
    return message


def _moderate(tx: Transaction, chat: Chat, message: ChatMessage, reason: str | None) -> None:
    message.hidden_reason, message.version = reason, _next_version(chat)
    tx.flush()
    hidden = count_messages(tx, chat.sitting_id, hidden=True)
    moderated = ChatModerated(sitting_id=chat.sitting_id, hidden=hidden)
    tx.record(chat_stream(chat.sitting_id), moderated)


def _next_version(chat: Chat) -> int:
    chat.version += 1
    return chat.version


def _check_flood(tx: Transaction, sitting_id: int, person_id: int) -> None:
    """Raise Conflict if a person has written as much as one may; their attendance is locked."""
    own = select(func.count()).select_from(ChatMessage)
    own = own.filter_by(sitting_id=sitting_id, person_id=person_id)
    lately = own.where(ChatMessage.written_at > tx.now - timedelta(minutes=1))
    if (tx.session.scalar(lately) or 0) >= MOST_A_MINUTE:
        raise Conflict(
            _(
                "You have written %(count)s messages in a minute: wait a little.",
                count=MOST_A_MINUTE,
            )
        )
    if (tx.session.scalar(own) or 0) >= MOST_WRITTEN:
        raise Conflict(_("You have written as many messages as one person can in a sitting."))
