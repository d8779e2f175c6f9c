"""Moves of a played sitting that are beside its record: the chat, and applause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Transaction
from consultazione.sittings.applause.commands import count_applause
from consultazione.sittings.applause.queries import Subject
from consultazione.sittings.chat.commands.course import close_chat, open_chat
from consultazione.sittings.chat.commands.messages import write_chat_message
from consultazione.sittings.floor.models import Hand, HandState


def _applaud(tx: Transaction, now: dict[str, Any], which: int) -> None:
    """The platform counts the applause of a speech that is over."""
    query = select(Hand.id).filter_by(sitting_id=now["sitting"]["id"], state=HandState.DONE)
    hands = list(tx.session.scalars(query.order_by(Hand.id)))
    subject = Subject(hand_id=hands[which % len(hands)] if hands else 2**40)
    platform = replace(tx, actor=SYSTEM)
    count_applause(platform, sitting_id=now["sitting"]["id"], subject=subject, count=which + 1)


MOVES: list[Callable[[Transaction, dict[str, Any], int], Any]] = [
    lambda tx, now, _: open_chat(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, _: close_chat(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, which: write_chat_message(
        tx, sitting_id=now["sitting"]["id"], body=f"Hello {which}"
    ),
    _applaud,
]
