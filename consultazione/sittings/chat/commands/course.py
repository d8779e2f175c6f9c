"""Commands that open and close the chat of a sitting, and delete one that was kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.chat.events import ChatForgotten, ChatOpened, chat_stream
from consultazione.sittings.chat.locking import count_messages, lock_chat
from consultazione.sittings.chat.models import Chat
from consultazione.sittings.chat.steps import delete_messages, shut
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.locking import lock_sitting, require_at, require_open
from consultazione.sittings.models import Sitting
from consultazione.zones.models import Zone


def open_chat(tx: Transaction, *, sitting_id: int) -> Chat:
    """Open the chat of a sitting to those present; idempotent.

    Whether it is kept is the zone's rule when it is opened first: those who write are told so,
    and a rule that changes meanwhile does not break the word given. Locks the sitting and the
    chat FOR UPDATE. Conflict if the sitting is not open.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.OPEN_CHAT, sitting)
    require_open(sitting)
    chat = lock_chat(tx, sitting.id) or _begin(tx, sitting)
    if not chat.is_open:
        chat.is_open, chat.forget_after = True, None
        opened = ChatOpened(sitting_id=sitting.id, kept=chat.kept)
        tx.record(sitting_stream(sitting.id), opened)
    return chat


def close_chat(tx: Transaction, *, sitting_id: int) -> None:
    """Close the chat of a sitting; those present go on reading it. Idempotent.

    Locks the sitting and the chat FOR UPDATE. Conflict if the sitting is not open.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.CLOSE_CHAT, sitting)
    require_open(sitting)
    chat = lock_chat(tx, sitting.id)
    if chat is not None:
        shut(tx, chat)


def forget_chat(tx: Transaction, *, sitting_id: int) -> int:
    """Delete the messages of a chat whose time is over; returns how many there were. Idempotent.

    Of a chat that was forgotten already, or is written in again, nothing is deleted. Locks the
    sitting and the chat FOR UPDATE. Conflict if its time is not over.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.FORGET_CHAT, sitting)
    chat = lock_chat(tx, sitting.id)
    if chat is None or chat.forget_after is None:
        return 0
    if chat.forget_after > tx.now:
        raise Conflict(_("This chat is still kept: its last day is not over."))
    messages = count_messages(tx, sitting.id)
    delete_messages(tx, sitting.id)
    chat.forget_after = None
    tx.record(chat_stream(sitting.id), ChatForgotten(sitting_id=sitting.id, messages=messages))
    return messages


def _begin(tx: Transaction, sitting: Sitting) -> Chat:
    kept = tx.session.get_one(Zone, sitting.table.zone_id).chat_kept
    chat = Chat(sitting_id=sitting.id, is_open=False, kept=kept, version=0)
    tx.session.add(chat)
    tx.flush()
    return chat
