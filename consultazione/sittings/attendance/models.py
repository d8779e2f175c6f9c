"""The table of excuses; `Attendance` and `Substitution` are in `sittings.models`."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Moment, Prose


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
