"""Tables of phases: what one said before it was corrected, how it was reopened, suspended."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose
from consultazione.zones.models import Act


class PhaseVersion(Base):
    """What the path said of a phase before a correction, and why it was corrected."""

    __tablename__ = "phase_version"
    __table_args__ = (UniqueConstraint("phase_id", "version"),)

    id: Mapped[Id]
    phase_id: Mapped[int] = mapped_column(ForeignKey("phase.id"))
    version: Mapped[int]
    title: Mapped[Line]
    description: Mapped[Prose]
    starts_on: Mapped[Day | None]
    closed_on: Mapped[Day | None]
    reason: Mapped[Prose]
    replaced_at: Mapped[Moment]


class PhaseReopening(Base):
    """A closed phase that goes on again: the act that says so, and the closing it undoes."""

    __tablename__ = "phase_reopening"
    __table_args__ = (Index("ix_phase_reopening_phase_id", "phase_id"),)

    id: Mapped[Id]
    phase_id: Mapped[int] = mapped_column(ForeignKey("phase.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    reopened_on: Mapped[Day]
    reason: Mapped[Prose]
    closed_on: Mapped[Day]
    closing_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))

    act: Mapped[Act] = relationship(foreign_keys=[act_id])


class PhaseHold(Base):
    """An act suspends a phase until a day, that one included, unless the hold is lifted before.

    Such as the suspension of acts that would prejudge the outcome of a participatory process
    (L.R. Emilia-Romagna 15/2018, art. 16).
    """

    __tablename__ = "phase_hold"
    __table_args__ = (Index("ix_phase_hold_phase_id", "phase_id"),)

    id: Mapped[Id]
    phase_id: Mapped[int] = mapped_column(ForeignKey("phase.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    from_day: Mapped[Day]
    until: Mapped[Day]
    reason: Mapped[Prose]
    lifted_on: Mapped[Day | None]
    lifted_reason: Mapped[Prose | None]

    act: Mapped[Act] = relationship()

    def is_in_force(self, day: date) -> bool:
        """True if the phase is suspended on that day."""
        if self.lifted_on is not None and self.lifted_on <= day:
            return False
        return self.from_day <= day <= self.until
