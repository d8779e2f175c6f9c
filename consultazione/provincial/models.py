"""Tables of the provincial programme: programmes, tables, projects, forwards to zones."""

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

from consultazione.core.columns import Base, Id, Line, Moment, Money, Prose, enum_text
from consultazione.zones.models import Cycle, Territory, Zone, of_its_cycle


class Section(StrEnum):
    """The three sections of a provincial programme (Provincia di Ravenna)."""

    SYSTEM_ACTIONS = "system_actions"
    CHILDHOOD_ADOLESCENCE = "childhood_adolescence"
    IMMIGRATION = "immigration"


class ProvincialProgramme(Base):
    """The programme of a territory for some years."""

    __tablename__ = "provincial_programme"
    __table_args__ = (
        CheckConstraint("last_year >= first_year", name="years"),
        UniqueConstraint("territory_id", "first_year", "last_year"),
        # Target of composite foreign keys: a project is of its table's territory.
        UniqueConstraint("id", "territory_id"),
    )

    id: Mapped[Id]
    territory_id: Mapped[int] = mapped_column(ForeignKey("territory.id"))
    first_year: Mapped[int]
    last_year: Mapped[int]
    opened_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    territory: Mapped[Territory] = relationship()

    @property
    def years(self) -> str:
        """The years of the programme, such as 2018-2020."""
        return f"{self.first_year}-{self.last_year}"


class ProvincialTable(Base):
    """A thematic table of a territory (*tavolo provinciale tematico*), in one of the sections."""

    __tablename__ = "provincial_table"
    __table_args__ = (
        UniqueConstraint("territory_id", "name"),
        UniqueConstraint("id", "territory_id", "section"),
    )

    id: Mapped[Id]
    territory_id: Mapped[int] = mapped_column(ForeignKey("territory.id"))
    section: Mapped[Section] = mapped_column(enum_text(Section))
    name: Mapped[Line]
    remit: Mapped[Prose]
    demo: Mapped[bool] = mapped_column(default=False)


class ProvincialProject(Base):
    """A project of a programme, with the provincial table that agreed on it.

    amount: euro, if one is known. section: that of its table.
    """

    __tablename__ = "provincial_project"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_id", "territory_id"],
            ["provincial_programme.id", "provincial_programme.territory_id"],
            name="fk_provincial_project_programme",
        ),
        ForeignKeyConstraint(
            ["table_id", "territory_id", "section"],
            ["provincial_table.id", "provincial_table.territory_id", "provincial_table.section"],
            name="fk_provincial_project_table",
        ),
        CheckConstraint("amount >= 0", name="amount"),
        UniqueConstraint("programme_id", "title"),
    )

    id: Mapped[Id]
    territory_id: Mapped[int] = mapped_column(BigInteger)
    programme_id: Mapped[int] = mapped_column(BigInteger)
    table_id: Mapped[int] = mapped_column(BigInteger)
    section: Mapped[Section] = mapped_column(enum_text(Section))
    title: Mapped[Line]
    body: Mapped[Prose]
    amount: Mapped[Money | None]
    written_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    programme: Mapped[ProvincialProgramme] = relationship(viewonly=True)
    table: Mapped[ProvincialTable] = relationship(viewonly=True)


class ForwardState(StrEnum):
    """What a zone answers to a project, or that it has not answered yet."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ProjectForward(Base):
    """A project forwarded to a zone, in the cycle of then, with the zone's one answer."""

    __tablename__ = "project_forward"
    __table_args__ = (
        of_its_cycle(),
        UniqueConstraint("project_id", "zone_id"),
        CheckConstraint(
            "(state = 'waiting') = (answered_at IS NULL)"
            " AND (state = 'waiting') = (reason IS NULL)",
            name="answer",
        ),
        Index("ix_project_forward_cycle_id", "cycle_id", "state"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(ForeignKey("provincial_project.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[ForwardState] = mapped_column(enum_text(ForwardState))
    reason: Mapped[Prose | None]
    forwarded_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]

    project: Mapped[ProvincialProject] = relationship()
    zone: Mapped[Zone] = relationship(foreign_keys=[zone_id], viewonly=True)
    cycle: Mapped[Cycle] = relationship(
        primaryjoin="foreign(ProjectForward.cycle_id) == Cycle.id", viewonly=True
    )


class ProjectIntervention(Base):
    """The intervention by which a zone carries a project out in a year; it goes with it."""

    __tablename__ = "project_intervention"
    __table_args__ = (
        ForeignKeyConstraint(
            ["intervention_id", "programme_id"],
            ["intervention.id", "intervention.programme_id"],
            name="fk_project_intervention_intervention",
            ondelete="CASCADE",
        ),
        UniqueConstraint("forward_id", "programme_id"),
    )

    intervention_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(BigInteger)
    forward_id: Mapped[int] = mapped_column(ForeignKey("project_forward.id"))
