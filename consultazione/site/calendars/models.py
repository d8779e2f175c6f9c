"""The table of private addresses of calendars."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Digest, Id, Moment


class CalendarAddress(Base):
    """The secret in the address of a person's calendar, of which only the digest is kept."""

    __tablename__ = "calendar_address"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    made_at: Mapped[Moment]
