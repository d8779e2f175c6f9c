"""Types of the chat as those present receive it, ready for JSON. Moments are ISO 8601 in UTC."""

from __future__ import annotations

from typing import Literal, TypedDict

from consultazione.sittings.types import People

# What becomes of an open chat at the closing of its sitting.
ChatRule = Literal["forgotten", "kept"]


class ChatMessageSnapshot(TypedDict):
    """A message; one that is hidden has a reason, and no text but for those who moderate."""

    id: int
    person_id: int
    body: str | None
    written_at: str
    hidden_reason: str | None


class ChatPart(TypedDict):
    """Messages in the order of writing, the names of those who wrote, and the chat's version."""

    version: int
    messages: list[ChatMessageSnapshot]
    people: People
