"""State of a zone: the zone, its bodies, chapters, priorities, phases and formal acts."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text


class ZoneKind(StrEnum):
    """What a region calls the zone."""

    DISTRICT = "district"
    UNION = "union"
    TERRITORIAL_AREA = "territorial_area"


class BodyKind(StrEnum):
    """What kind of public body takes part in defining the plan."""

    MUNICIPALITY = "municipality"
    UNION_OF_MUNICIPALITIES = "union_of_municipalities"
    HEALTH_AUTHORITY = "health_authority"
    REGION = "region"


class PhaseKind(StrEnum):
    """The steps of a participation path."""

    INFORMATION = "information"
    PARTICIPATION = "participation"
    DEFINITION = "definition"
    APPROVAL = "approval"


class ActKind(StrEnum):
    """The kinds of formal act that open and close phases."""

    CONVOCATION = "convocation"
    APPROVAL = "approval"
    COUNCIL_VOTE = "council_vote"
    PROGRAMME_AGREEMENT = "programme_agreement"
    FRAMEWORK = "framework"


class SignOffRule(StrEnum):
    """When the union's sign-off of an outcome is complete (the zone chooses)."""

    ALL_ANSWERED = "all_answered"
    MAJORITY_SIGNED = "majority_signed"


class Zone(Base):
    """A district of municipalities with its health authority, in one planning cycle."""

    __tablename__ = "zone"
    __table_args__ = (CheckConstraint("cycle_end >= cycle_start", name="cycle"),)

    id: Mapped[Id]
    slug: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    kind: Mapped[ZoneKind] = mapped_column(enum_text(ZoneKind))
    lead_body: Mapped[Line]
    cycle_start: Mapped[int]
    cycle_end: Mapped[int]
    presentation: Mapped[Prose]
    sign_off_rule: Mapped[SignOffRule] = mapped_column(enum_text(SignOffRule))
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]

    @property
    def cycle(self) -> str:
        """The years of the plan as people write them: 2018-2020."""
        return f"{self.cycle_start}-{self.cycle_end}"


class Body(Base):
    """A public body that takes part in defining the zone's plan."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("zone_id", "name"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    kind: Mapped[BodyKind] = mapped_column(enum_text(BodyKind))


class Chapter(Base):
    """One of the chapters that the zone's plan must have (L. 328/2000 art. 19)."""

    __tablename__ = "chapter"
    __table_args__ = (UniqueConstraint("zone_id", "number"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    number: Mapped[int]
    title: Mapped[Line]
    description: Mapped[Prose]
    mandatory: Mapped[bool] = mapped_column(default=True)


class Priority(Base):
    """A priority or a need that the cycle answers to, with its source."""

    __tablename__ = "priority"

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    rank: Mapped[int]
    title: Mapped[Line]
    is_need: Mapped[bool]
    source: Mapped[Line]


class Phase(Base):
    """A step of the participation path; an act closes it, not a clock."""

    __tablename__ = "phase"
    __table_args__ = (UniqueConstraint("zone_id", "kind"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[PhaseKind] = mapped_column(enum_text(PhaseKind))
    rank: Mapped[int]
    title: Mapped[Line]
    description: Mapped[Prose]
    starts_on: Mapped[Day | None]
    closed_on: Mapped[Day | None]
    closing_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    demo: Mapped[bool] = mapped_column(default=False)

    closing_act: Mapped[Act | None] = relationship()

    def is_current(self, day: date) -> bool:
        """True while the phase has begun and nothing has closed it."""
        return self.starts_on is not None and self.starts_on <= day and self.closed_on is None


class Act(Base):
    """A formal act of a body, with its date and its number where known."""

    __tablename__ = "act"

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[ActKind] = mapped_column(enum_text(ActKind))
    title: Mapped[Line]
    number: Mapped[Line | None]
    on_day: Mapped[Day]
    body: Mapped[Line]
    source: Mapped[Line]
    demo: Mapped[bool] = mapped_column(default=False)
