"""The table of conferences, seminars and assemblies."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.zones.models import of_its_cycle


class GatheringKind(StrEnum):
    """The kinds of meeting that are open to the public and are no sitting of a table."""

    CONFERENCE = "conference"
    SEMINAR = "seminar"
    ASSEMBLY = "assembly"


class Gathering(Base):
    """A conference, seminar or assembly of a cycle; called off if it does not take place.

    revision counts how often it was changed: calendars ask for it.
    """

    __tablename__ = "gathering"
    __table_args__ = (
        of_its_cycle(),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="interval"),
        Index("ix_gathering_cycle_id", "cycle_id", "starts_at"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[GatheringKind] = mapped_column(enum_text(GatheringKind))
    title: Mapped[Line]
    description: Mapped[Prose]
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment | None]
    place: Mapped[Line]
    url: Mapped[Line | None]
    revision: Mapped[int] = mapped_column(default=0)
    called_off_at: Mapped[Moment | None]
    called_off_reason: Mapped[Prose | None]
    demo: Mapped[bool] = mapped_column(default=False)

    def is_over(self, now: datetime) -> bool:
        """True once it has ended; if nobody said when it ends, once it has begun."""
        return (self.ends_at or self.starts_at) < now
