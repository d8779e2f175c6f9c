"""Proposals to join two accounts of one human."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Person


class MergeState(StrEnum):
    """What has become of a proposal to join two accounts."""

    PROPOSED = "proposed"
    DONE = "done"
    TURNED_DOWN = "turned_down"


class Merge(Base):
    """A proposal that one account is a double of another, for a second person to confirm."""

    __tablename__ = "person_merge"
    __table_args__ = (
        Index("uq_person_merge", "double_id", unique=True, postgresql_where="state = 'proposed'"),
        CheckConstraint("double_id <> kept_id", name="two"),
        CheckConstraint("decided_by <> proposed_by OR state = 'turned_down'", name="second"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    double_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[Prose]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[Moment]
    state: Mapped[MergeState] = mapped_column(enum_text(MergeState))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Moment | None]

    double: Mapped[Person] = relationship(foreign_keys=[double_id])
    kept: Mapped[Person] = relationship(foreign_keys=[kept_id])
