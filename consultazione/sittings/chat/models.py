"""Tables of the chat of a sitting."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose
from consultazione.people.models import Person

LONGEST_MESSAGE = 500
# How long a chat that is kept can be read once its sitting is closed.
KEPT_FOR = timedelta(days=30)


class Chat(Base):
    """The chat of a sitting, from when it was first opened.

    kept: the zone's rule at the first opening, by which people have written; it stays. version:
    one more with each message that is written, hidden or shown. forget_after: when a chat that
    is kept is deleted; None while the sitting lasts.
    """

    __tablename__ = "chat"
    __table_args__ = (
        Index("ix_chat_forget_after", "forget_after", postgresql_where="forget_after IS NOT NULL"),
        CheckConstraint("forget_after IS NULL OR (kept AND NOT is_open)", name="forgotten"),
    )

    sitting_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("sitting.id"), primary_key=True)
    is_open: Mapped[bool]
    kept: Mapped[bool]
    version: Mapped[int] = mapped_column(default=0)
    forget_after: Mapped[Moment | None]


class ChatMessage(Base):
    """A message of a chat; hidden_reason: why only those who moderate read it; None if all do.

    version: that of the chat when it was last changed.
    """

    __tablename__ = "chat_message"
    __table_args__ = (
        Index("ix_chat_message_sitting_id", "sitting_id", "id"),
        Index("ix_chat_message_person_id", "sitting_id", "person_id", "written_at"),
        Index("ix_chat_message_version", "sitting_id", "version"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("chat.sitting_id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[Prose]
    written_at: Mapped[Moment]
    version: Mapped[int]
    hidden_reason: Mapped[Prose | None]

    person: Mapped[Person] = relationship()
