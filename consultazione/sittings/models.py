"""Tables of a sitting: itself, the points of its agenda, attendances and substitutions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.clock import in_rome
from consultazione.core.columns import Base, Document, Id, Line, Moment, Prose, enum_text
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.people.models import Category, Mandate, Person
from consultazione.tables.models import ThematicTable


class SittingState(StrEnum):
    """The states of a sitting, in their order."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


# Nothing happens any more in a sitting in one of these states.
OVER = (SittingState.CLOSED, SittingState.CANCELLED)


class PointState(StrEnum):
    """The states of a point of the agenda.

    Postponed: left to a later sitting at the closing. Removed: taken off the agenda.
    """

    PENDING = "pending"
    CURRENT = "current"
    SUSPENDED = "suspended"
    DONE = "done"
    POSTPONED = "postponed"
    REMOVED = "removed"


# What the sitting still has to deal with.
TO_COME = (PointState.PENDING, PointState.SUSPENDED)


class Sitting(Base):
    """An online meeting of a table (*seduta*)."""

    __tablename__ = "sitting"
    __table_args__ = (
        # Target of a composite foreign key: the sitting of a material is one of its table's.
        UniqueConstraint("id", "table_id"),
        # One rehearsal at a time. Its id marks it as one, and so do the names of its streams.
        Index("uq_sitting_rehearses", "rehearses", unique=True),
        CheckConstraint(
            f"(rehearses IS NOT NULL) = (id >= '{EPHEMERAL_FROM}'::bigint)", name="rehearsal"
        ),
        Index("ix_sitting_table_id", "table_id"),
        # One second convocation for each sitting that was not held.
        Index("uq_sitting_second_of", "second_of", unique=True),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        CheckConstraint("places > 0", name="places"),
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
    # Who writes the minutes (the verbalizzante); None if nobody was named.
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # A stored `quorums.base.QuorumTerms`; None if the sitting has no quorum.
    quorum: Mapped[Document | None]
    # How many the hall holds, who register beforehand; None for no limit and no registration.
    places: Mapped[int | None]
    demo: Mapped[bool] = mapped_column(default=False)
    video_url: Mapped[Line | None]
    # The sitting that this one rehearses; None for a real sitting.
    rehearses: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    # How often it was corrected, postponed or cancelled: calendars ask for it.
    revision: Mapped[int] = mapped_column(default=0)
    # For when it was convened at first; None if it was never postponed.
    first_starts_at: Mapped[Moment | None]
    # The sitting of which this one is the second convocation.
    second_of: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    roll_called_at: Mapped[Moment | None]
    cancelled_at: Mapped[Moment | None]
    cancelled_reason: Mapped[Prose | None]
    # Why it was opened before its day, and why it was reopened the last time.
    early_reason: Mapped[Prose | None]
    reopened_reason: Mapped[Prose | None]

    table: Mapped[ThematicTable] = relationship()
    secretary: Mapped[Person | None] = relationship(foreign_keys=[secretary_id])
    agenda: Mapped[list[AgendaPoint]] = relationship(order_by="AgendaPoint.rank")

    @property
    def is_over(self) -> bool:
        """True once it is closed or cancelled."""
        return self.state in OVER

    @property
    def day(self) -> date:
        """The day for which it is convened, on Italian calendars."""
        return in_rome(self.starts_at).date()

    def was_not_held(self, today: date) -> bool:
        """True if its day has passed and nobody has opened, postponed or cancelled it."""
        return self.state is SittingState.CONVENED and self.day < today

    def admits(self, today: date) -> bool:
        """True while people may come in: while it is open, and before that to wait for it.

        One waits on its day, once the roll is called, and in a rehearsal.
        """
        if self.state is not SittingState.CONVENED:
            return self.state is SittingState.OPEN
        is_day = self.day == today or self.rehearses is not None
        return is_day or self.roll_called_at is not None


class SittingChange(StrEnum):
    """The ways in which the convocation of a sitting is changed."""

    CORRECTED = "corrected"
    POSTPONED = "postponed"


class SittingVersion(Base):
    """What the convocation of a sitting said until it was changed, and why it was."""

    __tablename__ = "sitting_version"
    __table_args__ = (UniqueConstraint("sitting_id", "revision"),)

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    revision: Mapped[int]
    reason: Mapped[Prose]
    replaced_at: Mapped[Moment]
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    change: Mapped[SittingChange] = mapped_column(enum_text(SittingChange))
    title: Mapped[Line]
    place: Mapped[Line]
    starts_at: Mapped[Moment]
    quorum: Mapped[Document | None]
    places: Mapped[int | None]


class AgendaPoint(Base):
    """A point of the agenda (*punto all'ordine del giorno*)."""

    __tablename__ = "agenda_point"
    __table_args__ = (
        UniqueConstraint("sitting_id", "rank"),
        Index("ix_agenda_point_proposal_id", "proposal_id"),
        # One point at a time is under discussion.
        Index(
            "uq_agenda_point_current",
            "sitting_id",
            unique=True,
            postgresql_where="state = 'current'",
        ),
        CheckConstraint("(state = 'removed') = (removed_reason IS NOT NULL)", name="removed"),
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
    # Seconds spent on the point until `running_since`; None while its clock is stopped.
    spent: Mapped[int] = mapped_column(default=0)
    running_since: Mapped[Moment | None]
    removed_reason: Mapped[Prose | None]


class Attendance(Base):
    """An interval during which a person was present at a sitting."""

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
        Index("ix_attendance_person_id", "person_id"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    entered_at: Mapped[Moment]
    left_at: Mapped[Moment | None]
    # Checked in at the desk: a device that falls silent does not mean that they left.
    in_hall: Mapped[bool] = mapped_column(default=False, server_default=false())
    # They lead the table and speak for no organisation: they neither vote nor count.
    in_charge: Mapped[bool] = mapped_column(default=False, server_default=false())

    person: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()


class Substitution(Base):
    """A person who acts under a delegate's mandate in one sitting (*presente per delega*)."""

    __tablename__ = "substitution"
    __table_args__ = (UniqueConstraint("sitting_id", "person_id"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[Moment]

    mandate: Mapped[Mandate] = relationship()
    person: Mapped[Person] = relationship()
