"""Tables of sharing: figures of bodies, criteria with their versions, items, stored what-ifs."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    desc,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Document, Id, Line, Moment, Money, Prose, enum_text
from consultazione.programme.models import Intervention
from consultazione.sharing.criteria import CriterionKind
from consultazione.sittings.polls.models import Poll
from consultazione.zones.models import Body, of_its_cycle


class BodyFigures(Base):
    """What is counted of a body in one year. A correction is a further version, never a change."""

    __tablename__ = "body_figures"
    __table_args__ = (
        UniqueConstraint("body_id", "year", "version"),
        CheckConstraint("population > 0 AND users >= 0", name="counts"),
        CheckConstraint("num_nonnulls(population, users) > 0", name="something"),
    )

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int]
    version: Mapped[int]
    population: Mapped[int | None]
    users: Mapped[int | None]
    source: Mapped[Line]
    recorded_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    body: Mapped[Body] = relationship()


class SharingCriterion(Base):
    """A criterion of a cycle by which municipalities share; what it says is in its versions."""

    __tablename__ = "sharing_criterion"
    __table_args__ = (of_its_cycle(), Index("ix_sharing_criterion_cycle_id", "cycle_id"))

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    written_at: Mapped[Moment]

    versions: Mapped[list[CriterionVersion]] = relationship(
        order_by=lambda: desc(CriterionVersion.version)
    )

    @property
    def current(self) -> CriterionVersion:
        """What it says now."""
        return self.versions[0]


class CriterionVersion(Base):
    """What a criterion has said since a moment.

    figures_year: whose figures of bodies it counts. percentages: of a mixed criterion, as text
    by basis. parts: fixed parts by the id of the body.
    """

    __tablename__ = "criterion_version"

    criterion_id: Mapped[int] = mapped_column(ForeignKey("sharing_criterion.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Line]
    kind: Mapped[CriterionKind] = mapped_column(enum_text(CriterionKind))
    figures_year: Mapped[int]
    percentages: Mapped[Document]
    parts: Mapped[Document]
    reason: Mapped[Prose]
    written_at: Mapped[Moment]


class SharedItem(Base):
    """What municipalities pay for together in a year: a title, an amount, a criterion."""

    __tablename__ = "shared_item"
    __table_args__ = (
        of_its_cycle(),
        CheckConstraint("amount >= 0 AND amount < 'NaN'", name="amount"),
        Index("ix_shared_item_cycle_id_year", "cycle_id", "year"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    title: Mapped[Line]
    amount: Mapped[Money]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("sharing_criterion.id"))
    # What it was chosen as in a participatory budget, if it comes from one.
    budget_item_id: Mapped[int | None] = mapped_column(ForeignKey("budget_item.id"), unique=True)
    written_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    criterion: Mapped[SharingCriterion] = relationship()


class Scenario(Base):
    """A stored what-if: all its figures as they were shown. It never changes.

    digest: SHA-256 of the figures' canonical bytes; the log holds the same.
    """

    __tablename__ = "sharing_scenario"
    __table_args__ = (of_its_cycle(), Index("ix_sharing_scenario_cycle_id", "cycle_id"))

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    name: Mapped[Line]
    figures: Mapped[Document]
    digest: Mapped[Line]
    stored_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)


class ScenarioApplication(Base):
    """The vote that carried a stored what-if, and when its figures were written into the year."""

    __tablename__ = "scenario_application"

    scenario_id: Mapped[int] = mapped_column(ForeignKey("sharing_scenario.id"), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), unique=True)
    applied_at: Mapped[Moment]

    scenario: Mapped[Scenario] = relationship()
    poll: Mapped[Poll] = relationship()


class ScenarioIntervention(Base):
    """An intervention whose cost municipalities share as a carried what-if has it for an item.

    It goes with the intervention. item_id: the item's number in the what-if, which keeps it when
    the item itself is taken away.
    """

    __tablename__ = "scenario_intervention"
    __table_args__ = (
        UniqueConstraint("scenario_id", "intervention_id"),
        Index("ix_scenario_intervention_intervention_id", "intervention_id"),
    )

    scenario_id: Mapped[int] = mapped_column(
        ForeignKey("scenario_application.scenario_id"), primary_key=True
    )
    item_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("intervention.id", ondelete="CASCADE"))

    application: Mapped[ScenarioApplication] = relationship()
    intervention: Mapped[Intervention] = relationship()


class PointScenario(Base):
    """A stored what-if that is discussed and voted on at a point of an agenda."""

    __tablename__ = "point_scenario"

    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"), primary_key=True)
    scenario_id: Mapped[int] = mapped_column(ForeignKey("sharing_scenario.id"), primary_key=True)

    scenario: Mapped[Scenario] = relationship()
