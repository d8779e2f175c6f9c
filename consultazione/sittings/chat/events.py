"""Events of the chat: that it was open, and how it was moderated; never who wrote, nor what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


def chat_stream(sitting_id: int) -> str:
    """The stream of what is done to a sitting's chat, which nobody follows."""
    return f"chat:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class ChatOpened(Event):
    """The chair has opened the chat of a sitting; kept: whether it outlasts the closing."""

    kind: ClassVar[str] = "chat.opened"

    sitting_id: int
    kept: bool


@dataclass(frozen=True, kw_only=True)
class ChatClosed(Event):
    """The chat of a sitting is closed, after so many messages, of which so many are hidden."""

    kind: ClassVar[str] = "chat.closed"

    sitting_id: int
    messages: int
    hidden: int


@dataclass(frozen=True, kw_only=True)
class ChatModerated(Event):
    """The chair has hidden a message of a chat or shown it again; so many are hidden now."""

    kind: ClassVar[str] = "chat.moderated"

    sitting_id: int
    hidden: int


@dataclass(frozen=True, kw_only=True)
class ChatForgotten(Event):
    """The messages of a chat that was kept have been deleted; there were so many."""

    kind: ClassVar[str] = "chat.forgotten"

    sitting_id: int
    messages: int
