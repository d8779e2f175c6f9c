"""Tables of the database for thematic tables, seats and materials."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Document, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Organisation, Person
from consultazione.zones.models import of_its_cycle


class TableKind(StrEnum):
    """The purpose of a table."""

    PLENARY = "plenary"
    UNION_CONSULTATION = "union_consultation"
    THEMATIC = "thematic"
    CROSS_CUTTING = "cross_cutting"


class ThematicTable(Base):
    """A table of the consultation (*tavolo*) with its remit and its coordinator.

    closed_at: since when nothing new begins at it; None while it works.
    """

    __tablename__ = "thematic_table"
    __table_args__ = (
        of_its_cycle(),
        UniqueConstraint("cycle_id", "slug"),
        # Target of a composite foreign key: the zone of a role at a table is the table's.
        UniqueConstraint("id", "zone_id"),
        CheckConstraint("(closed_at IS NULL) = (closed_reason IS NULL)", name="closed"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    slug: Mapped[Line]
    rank: Mapped[int]
    name: Mapped[Line]
    kind: Mapped[TableKind] = mapped_column(enum_text(TableKind))
    remit: Mapped[Prose]
    coordinator: Mapped[Line | None]
    # A stored `rules.TableRule`.
    rule: Mapped[Document]
    closed_at: Mapped[Moment | None]
    closed_reason: Mapped[Prose | None]


class Seat(Base):
    """An organisation's seat at a table."""

    __tablename__ = "seat"

    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)

    organisation: Mapped[Organisation] = relationship()


class TableDefault(Base):
    """The rule that new tables of a kind get in a zone, where it has chosen one of its own."""

    __tablename__ = "table_default"

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    kind: Mapped[TableKind] = mapped_column(enum_text(TableKind), primary_key=True)
    rule: Mapped[Document]


class Accreditation(Base):
    """A person who is admitted to a table by act, without speaking for an organisation.

    reason: the act, or why; public. ended_at: the moment from which it no longer counts.
    """

    __tablename__ = "accreditation"
    __table_args__ = (
        Index(
            "uq_accreditation_standing",
            "table_id",
            "person_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
        Index("ix_accreditation_person_id", "person_id"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[Prose]
    given_at: Mapped[Moment]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[Moment | None]
    ended_reason: Mapped[Prose | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Material(Base):
    """A public document of a table, or of one of its sittings.

    Its file is that of its latest version. withdrawn_at: since when nobody can open it.
    """

    __tablename__ = "material"
    __table_args__ = (
        ForeignKeyConstraint(["sitting_id", "table_id"], ["sitting.id", "sitting.table_id"]),
        Index("ix_material_table_id", "table_id"),
        Index("ix_material_sitting_id", "sitting_id"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    sitting_id: Mapped[int | None] = mapped_column(BigInteger)
    title: Mapped[Line]
    file_name: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[Line]
    uploaded_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[Moment | None]
    withdrawn_reason: Mapped[Prose | None]
