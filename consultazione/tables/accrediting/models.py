"""Applications of organisations that want to take part."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Category, Organisation, Person


class ApplicationState(StrEnum):
    """What has become of an application."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Application(Base):
    """An application for accreditation, by somebody who wants to speak for the organisation.

    office: what they are in it. table_ids: where it wants to sit. file_name and what follows: the
    statute or the act by which they speak for it. reason: why it was refused, which they read.
    organisation_id, mandate_id: what came of it.
    """

    __tablename__ = "organisation_application"
    __table_args__ = (
        Index(
            "uq_organisation_application_asked",
            "person_id",
            "zone_id",
            unique=True,
            postgresql_where="state = 'asked'",
        ),
        Index("ix_organisation_application_zone_id_state", "zone_id", "state"),
        CheckConstraint("(state = 'granted') = (organisation_id IS NOT NULL)", name="granted"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="refused"),
        CheckConstraint("decided_by <> person_id", name="second"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[Line]
    category: Mapped[Category] = mapped_column(enum_text(Category))
    office: Mapped[Line]
    note: Mapped[Prose]
    table_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    file_name: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[Line]
    asked_at: Mapped[Moment]
    state: Mapped[ApplicationState] = mapped_column(enum_text(ApplicationState))
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[Prose | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    organisation: Mapped[Organisation | None] = relationship()
