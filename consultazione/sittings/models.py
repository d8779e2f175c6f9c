"""State of a sitting itself: its agenda, and who is there."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Document, Id, Line, Moment, enum_text
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.people.models import Category, Mandate, Person
from consultazione.tables.models import ThematicTable

# The numbers of rehearsals and of their polls.
REHEARSAL_NUMBERS = Sequence("rehearsal_number", start=EPHEMERAL_FROM, metadata=Base.metadata)


class SittingState(StrEnum):
    """Where a sitting stands."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"


class PointState(StrEnum):
    """Where a point of the agenda stands."""

    PENDING = "pending"
    CURRENT = "current"
    SUSPENDED = "suspended"
    DONE = "done"


class Sitting(Base):
    """A meeting of a table (*seduta*), online."""

    __tablename__ = "sitting"
    __table_args__ = (
        # A material names its table and its sitting: the pair must fit.
        UniqueConstraint("id", "table_id"),
        # One rehearsal at a time; its number says that it is one, as do its streams.
        Index("uq_sitting_rehearses", "rehearses", unique=True),
        CheckConstraint(
            f"(rehearses IS NOT NULL) = (id >= '{EPHEMERAL_FROM}'::bigint)", name="rehearsal"
        ),
        Index("ix_sitting_table_id", "table_id"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    title: Mapped[Line]
    place: Mapped[Line]
    starts_at: Mapped[Moment]
    state: Mapped[SittingState] = mapped_column(enum_text(SittingState))
    convened_at: Mapped[Moment]
    convened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    presided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # How many must be there (`quorums.base.QuorumTerms`); None asks for nobody.
    quorum: Mapped[Document | None]
    demo: Mapped[bool] = mapped_column(default=False)
    video_url: Mapped[Line | None]
    # The sitting that is rehearsed here; None for one that is held.
    rehearses: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))

    table: Mapped[ThematicTable] = relationship()
    agenda: Mapped[list[AgendaPoint]] = relationship(order_by="AgendaPoint.rank")


class AgendaPoint(Base):
    """A point of the agenda (*punto all'ordine del giorno*)."""

    __tablename__ = "agenda_point"
    __table_args__ = (
        UniqueConstraint("sitting_id", "rank"),
        Index("ix_agenda_point_proposal_id", "proposal_id"),
        # Only one point at a time is being dealt with.
        Index(
            "uq_agenda_point_current",
            "sitting_id",
            unique=True,
            postgresql_where="state = 'current'",
        ),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    rank: Mapped[int]
    title: Mapped[Line]
    minutes_planned: Mapped[int | None]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    state: Mapped[PointState] = mapped_column(enum_text(PointState), default=PointState.PENDING)
    started_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    # Seconds that it has taken up to `running_since`, since when it takes more.
    spent: Mapped[int] = mapped_column(default=0)
    running_since: Mapped[Moment | None]


class Attendance(Base):
    """An interval in which a person was at a sitting."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index(
            "uq_attendance_present",
            "sitting_id",
            "person_id",
            unique=True,
            postgresql_where="left_at IS NULL",
        ),
        Index("ix_attendance_sitting_id", "sitting_id", "person_id"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    entered_at: Mapped[Moment]
    left_at: Mapped[Moment | None]
    # Let in at the desk: there in person, so that no silence of a device means that they left.
    in_hall: Mapped[bool] = mapped_column(default=False, server_default=false())

    person: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
