"""The names of rooms that are no stream: one person's connections, those of one sign-in."""

from __future__ import annotations


def person_room(person_id: int) -> str:
    """The connections with which one person is in a sitting."""
    return f"person:{person_id}"


def chat_room(sitting_id: int) -> str:
    """The connections of those who read the chat of a sitting."""
    return f"chat:{sitting_id}"


def sign_in_room(digest: bytes) -> str:
    """The connections that rest on one sign-in; they end with it."""
    return f"sign-in:{digest.hex()}"
