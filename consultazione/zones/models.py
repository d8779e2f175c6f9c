"""Tables of a zone: the zone and its bodies; its cycles with chapters, priorities, phases, acts."""

from __future__ import annotations

from datetime import date
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

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text


class ZoneKind(StrEnum):
    """The kind of zone; regions use different terms."""

    DISTRICT = "district"
    UNION = "union"
    TERRITORIAL_AREA = "territorial_area"


class BodyKind(StrEnum):
    """The kind of a body that helps define the plan."""

    MUNICIPALITY = "municipality"
    UNION_OF_MUNICIPALITIES = "union_of_municipalities"
    HEALTH_AUTHORITY = "health_authority"
    REGION = "region"
    PRIVATE = "private"


class Sector(StrEnum):
    """Whether a body is public or private (a foundation, a cooperative, a company)."""

    PUBLIC = "public"
    PRIVATE = "private"


class PhaseKind(StrEnum):
    """The kinds of phase in a participation path."""

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
    COMMUNITY_PROFILE = "community_profile"
    GUIDANCE = "guidance"
    UNDERSTANDING = "understanding"
    DELIBERATION = "deliberation"
    SUPPLEMENTARY_AGREEMENT = "supplementary_agreement"
    ANNUAL_PROGRAMME = "annual_programme"
    # The minutes (verbale) of a table or of an assembly.
    MINUTES = "minutes"
    # Of an office, such as the plan office (determinazione).
    DETERMINATION = "determination"


# What bodies sign; every other act is passed by one body.
AGREEMENTS = frozenset({ActKind.PROGRAMME_AGREEMENT, ActKind.SUPPLEMENTARY_AGREEMENT})


class SignOffRule(StrEnum):
    """The zone's rule for when the unions' sign-off of an outcome is complete."""

    ALL_ANSWERED = "all_answered"
    MAJORITY_SIGNED = "majority_signed"
    DEADLINE = "deadline"


SIGN_OFF_DAYS = 30  # what a zone begins with
MOST_SIGN_OFF_DAYS = 365


class WithoutQuorum(StrEnum):
    """What a zone does with conclusions that no valid vote or no quorum is behind.

    They are marked, or also held back from the outcome that the unions sign.
    """

    MARK = "mark"
    HOLD = "hold"


class ApprovalWay(StrEnum):
    """How minutes are approved in a zone.

    By the chair; by the chair and by who writes; by the silence of those present when the days
    for corrections are over; or by the table, at a point of a later sitting.
    """

    CHAIR = "chair"
    CHAIR_AND_SECRETARY = "chair_and_secretary"
    SILENCE = "silence"
    NEXT_SITTING = "next_sitting"


MOST_CORRECTION_DAYS = 60
CORRECTION_DAYS = 3  # what a zone begins with that is set up on the site; of a file, what it says


class TerritoryKind(StrEnum):
    """The kind of a territory, which brings several zones together."""

    PROVINCE = "province"
    METROPOLITAN_CITY = "metropolitan_city"
    CTSS = "ctss"


class Territory(Base):
    """A province, a metropolitan city or a CTSS (conferenza territoriale sociale e sanitaria).

    lead_body: the public body that coordinates its zones.
    """

    __tablename__ = "territory"

    id: Mapped[Id]
    slug: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    kind: Mapped[TerritoryKind] = mapped_column(enum_text(TerritoryKind))
    region: Mapped[Line]
    lead_body: Mapped[Line]
    presentation: Mapped[Prose]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]


class Colour(StrEnum):
    """The colours of a zone's pages, from Bootstrap Italia; white text on each is WCAG AA."""

    BLUE = "blue"
    NAVY = "navy"
    GREEN = "green"
    TEAL = "teal"
    PURPLE = "purple"
    BORDEAUX = "bordeaux"
    SLATE = "slate"


class Zone(Base):
    """A district of municipalities and its health authority; it plans in cycles.

    shares_drafts: whether the coordinator of its territory reads what is still a draft.
    sign_off_days: how many days unions have to answer an outcome, unless its chair says otherwise.
    four_eyes: whether minutes are approved by somebody who did not complete their draft, and what
    came on paper is decided on by somebody who did not enter it.
    correction_days: how long those present can ask for corrections of a draft; 0 for no window.
    chat_kept: whether the chat of a sitting can be read for a while after its closing.
    logo: the SHA-256 of a PNG among the uploaded files, in hexadecimal digits. privacy_url,
    accessibility_url: the zone's own notices, in place of the product's general ones.
    """

    __tablename__ = "zone"
    __table_args__ = (
        CheckConstraint("sign_off_days BETWEEN 1 AND 365", name="sign_off_days"),
        CheckConstraint("correction_days BETWEEN 0 AND 60", name="correction_days"),
    )

    id: Mapped[Id]
    slug: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    kind: Mapped[ZoneKind] = mapped_column(enum_text(ZoneKind))
    lead_body: Mapped[Line]
    presentation: Mapped[Prose]
    sign_off_rule: Mapped[SignOffRule] = mapped_column(enum_text(SignOffRule))
    without_quorum: Mapped[WithoutQuorum] = mapped_column(
        enum_text(WithoutQuorum), default=WithoutQuorum.MARK
    )
    sign_off_days: Mapped[int] = mapped_column(default=SIGN_OFF_DAYS)
    colour: Mapped[Colour] = mapped_column(enum_text(Colour), default=Colour.BLUE)
    logo: Mapped[Line | None]
    contact_email: Mapped[Line | None]
    contact_phone: Mapped[Line | None]
    contact_address: Mapped[Line | None]
    contact_pec: Mapped[Line | None]
    contact_hours: Mapped[Line | None]
    website: Mapped[Line | None]
    privacy_url: Mapped[Line | None]
    accessibility_url: Mapped[Line | None]
    # The origins of sites that may show the widget, one a line.
    frame_hosts: Mapped[Prose | None]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    territory_id: Mapped[int | None] = mapped_column(ForeignKey("territory.id"), index=True)
    shares_drafts: Mapped[bool] = mapped_column(default=False)
    four_eyes: Mapped[bool] = mapped_column(default=False)
    correction_days: Mapped[int] = mapped_column(default=0)
    approval_way: Mapped[ApprovalWay] = mapped_column(
        enum_text(ApprovalWay), default=ApprovalWay.CHAIR
    )
    chat_kept: Mapped[bool] = mapped_column(default=False)

    territory: Mapped[Territory | None] = relationship()


class Cycle(Base):
    """The years of one plan of a zone. Its path, tables, chapters and acts belong to the cycle.

    The cycle that begins last is the current one.
    """

    __tablename__ = "cycle"
    __table_args__ = (
        CheckConstraint("last_year >= first_year", name="years"),
        UniqueConstraint("zone_id", "first_year", "last_year"),
        # Target of composite foreign keys: the zone of what belongs to a cycle is the cycle's.
        UniqueConstraint("id", "zone_id"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    first_year: Mapped[int]
    last_year: Mapped[int]
    opened_at: Mapped[Moment]

    zone: Mapped[Zone] = relationship()

    @property
    def years(self) -> str:
        """The years of the plan, such as 2018-2020; they name the cycle in addresses too."""
        return f"{self.first_year}-{self.last_year}"


def of_its_cycle() -> ForeignKeyConstraint:
    """The constraint of a table with `cycle_id` and `zone_id`: the cycle is one of that zone."""
    return ForeignKeyConstraint(["cycle_id", "zone_id"], ["cycle.id", "cycle.zone_id"])


class Body(Base):
    """A body that helps define the zone's plan."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("zone_id", "name"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    kind: Mapped[BodyKind] = mapped_column(enum_text(BodyKind))

    @property
    def sector(self) -> Sector:
        """Whether it is public or private: its kind says so."""
        return Sector.PRIVATE if self.kind is BodyKind.PRIVATE else Sector.PUBLIC


class Chapter(Base):
    """A chapter that the plan of a cycle must have (L. 328/2000 art. 19)."""

    __tablename__ = "chapter"
    __table_args__ = (of_its_cycle(), UniqueConstraint("cycle_id", "number"))

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    title: Mapped[Line]
    description: Mapped[Prose]
    mandatory: Mapped[bool] = mapped_column(default=True)


class Priority(Base):
    """A priority or a need that the cycle addresses, with its source."""

    __tablename__ = "priority"
    __table_args__ = (of_its_cycle(), Index("ix_priority_cycle_id", "cycle_id"))

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    rank: Mapped[int]
    title: Mapped[Line]
    is_need: Mapped[bool]
    source: Mapped[Line]
    # The day of the source, if it has one.
    found_on: Mapped[Day | None]


class Phase(Base):
    """A phase of the participation path. A formal act closes it, never a date.

    version: 1, and one more with each correction; earlier ones stand in `phase_version`.
    """

    __tablename__ = "phase"
    __table_args__ = (of_its_cycle(), UniqueConstraint("cycle_id", "kind"))

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[PhaseKind] = mapped_column(enum_text(PhaseKind))
    rank: Mapped[int]
    title: Mapped[Line]
    description: Mapped[Prose]
    starts_on: Mapped[Day | None]
    closed_on: Mapped[Day | None]
    # The last day on which the phase takes contributions, if one was announced.
    due_on: Mapped[Day | None]
    opening_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    closing_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    version: Mapped[int] = mapped_column(default=1)
    demo: Mapped[bool] = mapped_column(default=False)

    opening_act: Mapped[Act | None] = relationship(foreign_keys=[opening_act_id])
    closing_act: Mapped[Act | None] = relationship(foreign_keys=[closing_act_id])

    def is_current(self, day: date) -> bool:
        """True if the phase has started by that day and is not closed."""
        return self.starts_on is not None and self.starts_on <= day and self.closed_on is None

    def begins_after(self, day: date) -> bool:
        """True if the phase starts on a later day; not if it has none to start on."""
        return self.starts_on is not None and day < self.starts_on


class Act(Base):
    """A formal act of a body, with its date and, where known, its number and its address.

    version: 1, and one more with each correction; earlier ones stand in `act_version`.
    """

    __tablename__ = "act"
    __table_args__ = (of_its_cycle(), Index("ix_act_cycle_id", "cycle_id"))

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[ActKind] = mapped_column(enum_text(ActKind))
    title: Mapped[Line]
    number: Mapped[Line | None]
    on_day: Mapped[Day]
    body: Mapped[Line]
    source: Mapped[Line]
    url: Mapped[Line | None]
    version: Mapped[int] = mapped_column(default=1)
    demo: Mapped[bool] = mapped_column(default=False)
