"""Tables of the roll: excuses and substitutions; `Attendance` is in `sittings.models`."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose
from consultazione.people.models import Mandate, Person


class Excuse(Base):
    """An organisation's or delegate's excuse from a sitting (*giustificato*)."""

    __tablename__ = "excuse"
    __table_args__ = (
        UniqueConstraint(
            "sitting_id", "organisation_id", "person_id", postgresql_nulls_not_distinct=True
        ),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # The excused delegate; None for the whole organisation.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[Prose]
    excused_at: Mapped[Moment]


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
