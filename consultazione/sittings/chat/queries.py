"""Queries on the chat of a sitting: whether it is open, its newest messages, what has changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.clock import as_json
from consultazione.sittings.chat.models import Chat, ChatMessage
from consultazione.sittings.chat.types import ChatMessageSnapshot, ChatPart, ChatRule
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import names_at

# How many messages whoever comes in is given, the newest; and how many one frame holds at most.
NEWEST = 50
MOST_CHANGED = 200


def chat_rule(session: Session, sitting_id: int) -> ChatRule | None:
    """Return what becomes of an open chat at the closing; None if it is not open."""
    chat = session.get(Chat, sitting_id)
    if chat is None or not chat.is_open:
        return None
    return "kept" if chat.kept else "forgotten"


def chat_newest(session: Session, sitting_id: int, *, moderates: bool) -> ChatPart:
    """Return the newest messages of a chat; moderates: with the text of those that are hidden."""
    query = select(ChatMessage).filter_by(sitting_id=sitting_id)
    newest = query.order_by(ChatMessage.id.desc()).limit(NEWEST)
    return _part(session, sitting_id, newest, moderates=moderates)


def chat_changes(session: Session, sitting_id: int, *, after: int) -> ChatPart:
    """Return the messages that were written, hidden or shown since a version of the chat."""
    query = select(ChatMessage).filter_by(sitting_id=sitting_id)
    changed = query.where(ChatMessage.version > after)
    last = changed.order_by(ChatMessage.version.desc()).limit(MOST_CHANGED)
    return _part(session, sitting_id, last, moderates=False)


def chat_versions(session: Session) -> dict[int, int]:
    """Return the version of each chat of an open sitting, by the sitting's id."""
    query = select(Chat.sitting_id, Chat.version).join(Sitting, Sitting.id == Chat.sitting_id)
    return dict(iter(session.execute(query.where(Sitting.state == SittingState.OPEN))))


def chats_to_forget(session: Session, *, now: datetime) -> list[int]:
    """Return the sittings whose chat was kept until now."""
    query = select(Chat.sitting_id).where(Chat.forget_after <= now)
    return list(session.scalars(query.order_by(Chat.sitting_id)))


def chat_is_kept(session: Session, sitting_id: int) -> bool:
    """Return whether the chat of a sitting that is over can still be read."""
    chat = session.get(Chat, sitting_id)
    return chat is not None and chat.forget_after is not None


def kept_chat(session: Session, sitting_id: int) -> tuple[list[ChatMessage], datetime] | None:
    """Return the messages of a chat that is kept and until when; None if there is none."""
    chat = session.get(Chat, sitting_id)
    if chat is None or chat.forget_after is None:
        return None
    query = select(ChatMessage).filter_by(sitting_id=sitting_id).order_by(ChatMessage.id)
    return list(session.scalars(query)), chat.forget_after


def _part(
    session: Session, sitting_id: int, query: Select[ChatMessage], *, moderates: bool
) -> ChatPart:
    messages = sorted(session.scalars(query), key=lambda message: message.id)
    chat = session.get(Chat, sitting_id)
    return {
        "version": 0 if chat is None else chat.version,
        "messages": [_row(message, moderates=moderates) for message in messages],
        "people": names_at(session, sitting_id, {message.person_id for message in messages}),
    }


def _row(message: ChatMessage, *, moderates: bool) -> ChatMessageSnapshot:
    hidden = message.hidden_reason is not None
    return {
        "id": message.id,
        "person_id": message.person_id,
        "body": None if hidden and not moderates else message.body,
        "written_at": as_json(message.written_at),
        "hidden_reason": message.hidden_reason,
    }
