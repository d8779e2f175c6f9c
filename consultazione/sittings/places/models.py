"""The table of those who have registered for the hall of a sitting."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, enum_text
from consultazione.people.models import Organisation, Person
from consultazione.sittings.models import Sitting


class RegistrationState(StrEnum):
    """How somebody stands who has registered for the hall."""

    PLACED = "placed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Registration(Base):
    """Somebody's registration for the hall of a sitting, for themselves or for an organisation.

    placed_at: since when they have a place; later than `registered_at` for who has moved up.
    Who waits has their turn in the order of the ids.
    """

    __tablename__ = "hall_registration"
    __table_args__ = (
        # A person sits on one chair, and one chair is kept for an organisation.
        Index(
            "uq_hall_registration_person",
            "sitting_id",
            "person_id",
            unique=True,
            postgresql_where="state <> 'withdrawn'",
        ),
        Index(
            "uq_hall_registration_organisation",
            "sitting_id",
            "organisation_id",
            unique=True,
            postgresql_where="state <> 'withdrawn'",
        ),
        Index("ix_hall_registration_sitting_id", "sitting_id", "id"),
        Index("ix_hall_registration_person_id", "person_id"),
        CheckConstraint("state <> 'placed' OR placed_at IS NOT NULL", name="placed"),
        CheckConstraint("state <> 'waiting' OR placed_at IS NULL", name="waiting"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[RegistrationState] = mapped_column(enum_text(RegistrationState))
    registered_at: Mapped[Moment]
    placed_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]

    sitting: Mapped[Sitting] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def has_moved_up(self) -> bool:
        """True for who waited first, and has a place now."""
        placed = self.state is RegistrationState.PLACED
        return placed and self.placed_at is not None and self.placed_at > self.registered_at
