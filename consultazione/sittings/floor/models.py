"""Tables of the floor: hands, and the list of speakers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Moment, enum_text
from consultazione.people.models import Category


class SpeakingOrder(StrEnum):
    """The orders in which hands can get the floor."""

    FIRST_COME = "first_come"
    ALTERNATE = "alternate"
    LEAST_SPOKEN = "least_spoken"
    BY_HAND = "by_hand"


class QuotaScope(StrEnum):
    """On what a quota of speaking time is spent."""

    SITTING = "sitting"
    POINT = "point"


LONGEST_SPEECH = 6 * 3600  # seconds
MOST_QUOTA = 24 * 3600


class SpeakersList(Base):
    """How a sitting gives the floor; without a row, first come, first served.

    placed: hand ids in the order of the facilitator, for the ordering by hand. seconds: how
    long each may speak; None for no limit. last: the category of the last speaker. quotas: how
    many seconds each category may speak in all, in the sitting or on each point; categories that
    are not named have no quota.
    """

    __tablename__ = "speakers_list"
    __table_args__ = (CheckConstraint("seconds > 0", name="seconds"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    ordering: Mapped[SpeakingOrder] = mapped_column(enum_text(SpeakingOrder))
    placed: Mapped[list[int]] = mapped_column(JSONB)
    seconds: Mapped[int | None]
    quotas: Mapped[dict[str, int]] = mapped_column(JSONB)
    quota_scope: Mapped[QuotaScope] = mapped_column(enum_text(QuotaScope))
    last: Mapped[Category | None] = mapped_column(enum_text(Category))


class HandState(StrEnum):
    """The states of a hand; it lapses if it is raised when the sitting is closed."""

    RAISED = "raised"
    SPEAKING = "speaking"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class HandKind(StrEnum):
    """The kinds of request for the floor."""

    FLOOR = "floor"
    POINT_OF_ORDER = "point_of_order"
    REPLY = "reply"


class Hand(Base):
    """A person's request for the floor and, once given, how long they held it."""

    __tablename__ = "hand"
    __table_args__ = (
        Index(
            "uq_hand_open",
            "sitting_id",
            "person_id",
            "kind",
            unique=True,
            postgresql_where="state IN ('raised', 'speaking')",
        ),
        Index("uq_hand_floor", "sitting_id", unique=True, postgresql_where="state = 'speaking'"),
        Index("ix_hand_sitting_id", "sitting_id"),
        Index("ix_hand_person", "sitting_id", "person_id"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    kind: Mapped[HandKind] = mapped_column(enum_text(HandKind))
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("hand.id"))
    state: Mapped[HandState] = mapped_column(enum_text(HandState))
    raised_at: Mapped[Moment]
    floor_from: Mapped[Moment | None]
    floor_to: Mapped[Moment | None]
    # Seconds that the speaker may take (None for no limit), and seconds that they took.
    allotted: Mapped[int | None]
    spoken: Mapped[int | None]
