"""State of a sitting's list of speakers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, words
from consultazione.people.models import Category


class SpeakingOrder(StrEnum):
    """How who asks for the floor is put in order."""

    FIRST_COME = "first_come"
    ALTERNATE = "alternate"
    LEAST_SPOKEN = "least_spoken"
    BY_HAND = "by_hand"


LONGEST_SPEECH = 6 * 3600  # seconds


class SpeakersList(Base):
    """How a sitting gives the floor; a sitting without one gives it as hands come.

    placed: the hands in the order in which the facilitator put them, when by hand.
    seconds: how long each may speak; None without a limit. last: the category that had
    the floor last.
    """

    __tablename__ = "speakers_list"
    __table_args__ = (CheckConstraint("seconds > 0", name="seconds"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    ordering: Mapped[SpeakingOrder] = mapped_column(words(SpeakingOrder))
    placed: Mapped[list[int]] = mapped_column(JSONB)
    seconds: Mapped[int | None]
    last: Mapped[Category | None] = mapped_column(words(Category))
