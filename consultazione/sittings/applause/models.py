"""The table of applause: the total of a speech or of a point, once it is over."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Moment


class Applause(Base):
    """How much applause a speech got, or the discussion of a point outside of its speeches."""

    __tablename__ = "applause"
    __table_args__ = (
        CheckConstraint("(hand_id IS NULL) <> (point_id IS NULL)", name="subject"),
        CheckConstraint("count > 0", name="count"),
    )

    id: Mapped[Id]
    hand_id: Mapped[int | None] = mapped_column(ForeignKey("hand.id"), unique=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"), unique=True)
    count: Mapped[int]
    counted_at: Mapped[Moment]
