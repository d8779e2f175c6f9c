"""How much mail of one sender is taken, and how much is written back to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.notices.mail_in.models import TakenMail

# As many comments as somebody can write by hand; what is more is a program.
MOST_TAKEN = 20
_TAKEN_WITHIN = timedelta(hours=1)
# Two programs that answer each other are silent after so many mails.
MOST_ANSWERED = 5
_ANSWERED_WITHIN = timedelta(days=1)
# A mail is known again for longer than its address is good; its text goes with the answer, or soon.
KEPT_FOR = timedelta(days=45)
TEXT_KEPT_FOR = timedelta(days=2)


def is_flooding(session: Session, sender_key: bytes, *, at: datetime) -> bool:
    """True if no more mails of a sender are taken for now."""
    query = select(func.count()).where(
        TakenMail.sender_key == sender_key, TakenMail.at > at - _TAKEN_WITHIN
    )
    return (session.scalar(query) or 0) >= MOST_TAKEN


def answered_since(session: Session, sender_key: bytes, *, at: datetime) -> int:
    """How many of a sender's mails were answered by one of ours lately."""
    query = select(func.count()).where(
        TakenMail.sender_key == sender_key,
        TakenMail.at > at - _ANSWERED_WITHIN,
        TakenMail.mail_id.is_not(None),
    )
    return session.scalar(query) or 0
