"""Tables of the annual programme: interventions, shares of their cost, funds, indicators.

Triggers of the database keep the sums at every commit (`0022_money.py` and `0029_sums.py` in
`migrations/versions`): the shares of an intervention come to its total, no fund gives more than
it has in a programme, and what is earmarked is spent on its purpose.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Money, Prose, enum_text
from consultazione.core.log import Xid8
from consultazione.programme.kinds import (
    AreaOfUse,
    InterventionKind,
    MacroLevel,
    PolicyArea,
    ProgrammeState,
    ResourceKind,
)
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Act, Body, Cycle, Priority, of_its_cycle

# What an indicator counts, in its own unit.
Measure = Annotated[Decimal, mapped_column(Numeric(14, 2))]
_POLICIES = ", ".join(f"'{area.value}'" for area in PolicyArea)


class AnnualProgramme(Base):
    """A cycle's programme for one of its years (*Programma attuativo annuale*)."""

    __tablename__ = "annual_programme"
    __table_args__ = (
        of_its_cycle(),
        CheckConstraint("(state = 'approved') = (act_id IS NOT NULL)", name="approved_by_act"),
        UniqueConstraint("cycle_id", "year"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    state: Mapped[ProgrammeState] = mapped_column(enum_text(ProgrammeState))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    opened_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    act: Mapped[Act | None] = relationship()
    cycle: Mapped[Cycle] = relationship(foreign_keys=[cycle_id, zone_id])

    @property
    def is_draft(self) -> bool:
        """True until an act approves it."""
        return self.state is ProgrammeState.DRAFT


class Fund(Base):
    """A source of money of a zone; which funds there are is data, never code."""

    __tablename__ = "fund"
    __table_args__ = (UniqueConstraint("zone_id", "code"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[Line]
    source: Mapped[Line]
    demo: Mapped[bool] = mapped_column(default=False)


class Earmark(Base):
    """A purpose for which at least so many percent of a fund must be spent, 100 for all of it.

    An intervention serves the purpose if it lies in the macro-level, in the area of use and in
    the policy, as far as the earmark names them; it names one at least.
    """

    __tablename__ = "earmark"
    __table_args__ = (
        CheckConstraint("percent > 0 AND percent <= 100", name="percent"),
        CheckConstraint("num_nonnulls(level, area, policy) > 0", name="purpose"),
        Index("ix_earmark_fund_id", "fund_id"),
    )

    id: Mapped[Id]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"))
    purpose: Mapped[Line]
    level: Mapped[MacroLevel | None] = mapped_column(enum_text(MacroLevel))
    area: Mapped[AreaOfUse | None] = mapped_column(enum_text(AreaOfUse))
    policy: Mapped[PolicyArea | None] = mapped_column(enum_text(PolicyArea))
    percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    source: Mapped[Line]

    fund: Mapped[Fund] = relationship()


class FundAmount(Base):
    """What a fund has to give in a programme; without one it has what is spent of it."""

    __tablename__ = "fund_amount"
    __table_args__ = (CheckConstraint("amount > 0 AND amount < 'NaN'", name="amount"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("annual_programme.id"), primary_key=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), primary_key=True)
    amount: Mapped[Money]

    fund: Mapped[Fund] = relationship()


class Intervention(Base):
    """An intervention of an annual programme, with the fields of a *scheda intervento*."""

    __tablename__ = "intervention"
    __table_args__ = (
        CheckConstraint("total >= 0 AND total < 'NaN'", name="total"),
        CheckConstraint(f"policies <@ ARRAY[{_POLICIES}]::varchar[]", name="policies"),
        # Target of the shares' foreign key: their programme is the intervention's.
        UniqueConstraint("id", "programme_id"),
        Index("ix_intervention_programme_id", "programme_id"),
        Index("ix_intervention_continues_id", "continues_id"),
    )

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(ForeignKey("annual_programme.id"))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("intervention.id"))
    kind: Mapped[InterventionKind] = mapped_column(enum_text(InterventionKind))
    title: Mapped[Line]
    scheda: Mapped[Line]
    regional_area: Mapped[Line]
    level: Mapped[MacroLevel] = mapped_column(enum_text(MacroLevel))
    area: Mapped[AreaOfUse] = mapped_column(enum_text(AreaOfUse))
    policies: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    lead_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_table.id"))
    objectives: Mapped[Prose]
    actions: Mapped[Prose]
    recipients: Mapped[Prose]
    integration: Mapped[Prose]
    total: Mapped[Money] = mapped_column(default=Decimal(0))
    updated_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    programme: Mapped[AnnualProgramme] = relationship()
    lead_body: Mapped[Body] = relationship()
    table: Mapped[ThematicTable | None] = relationship()


class InterventionBody(Base):
    """A body of the zone, a municipality as a rule, that an intervention involves."""

    __tablename__ = "intervention_body"
    __table_args__ = (Index("ix_intervention_body_body_id", "body_id"),)

    intervention_id: Mapped[int] = mapped_column(ForeignKey("intervention.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)

    body: Mapped[Body] = relationship()


class InterventionPriority(Base):
    """A need or a priority of the cycle that an intervention answers."""

    __tablename__ = "intervention_priority"
    __table_args__ = (Index("ix_intervention_priority_priority_id", "priority_id"),)

    intervention_id: Mapped[int] = mapped_column(ForeignKey("intervention.id"), primary_key=True)
    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), primary_key=True)

    priority: Mapped[Priority] = relationship()


class Share(Base):
    """The part of an intervention's cost that a body pays from a fund in the programme's year.

    spent: what was spent of it in the end; None until that is known.
    """

    __tablename__ = "share"
    __table_args__ = (
        ForeignKeyConstraint(
            ["intervention_id", "programme_id"], ["intervention.id", "intervention.programme_id"]
        ),
        CheckConstraint("amount > 0 AND amount < 'NaN'", name="amount"),
        CheckConstraint("spent >= 0 AND spent < 'NaN'", name="spent"),
        UniqueConstraint(
            "intervention_id",
            "body_id",
            "fund_id",
            "activated_by_consultation",
            name="uq_share_payer",
        ),
        Index("ix_share_programme_id_fund_id", "programme_id", "fund_id"),
        Index("ix_share_body_id", "body_id"),
        Index("ix_share_fund_id", "fund_id"),
    )

    id: Mapped[Id]
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    programme_id: Mapped[int] = mapped_column(BigInteger)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"))
    amount: Mapped[Money]
    spent: Mapped[Money | None]
    activated_by_consultation: Mapped[bool] = mapped_column(default=False)

    body: Mapped[Body] = relationship()
    fund: Mapped[Fund] = relationship()


class Resource(Base):
    """Places, things or people that an intervention needs, described and counted."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("kind <> 'financial'", name="counted"),
        CheckConstraint("quantity > 0 AND quantity < 'NaN'", name="quantity"),
        Index("ix_resource_intervention_id", "intervention_id"),
    )

    id: Mapped[Id]
    intervention_id: Mapped[int] = mapped_column(ForeignKey("intervention.id"))
    kind: Mapped[ResourceKind] = mapped_column(enum_text(ResourceKind))
    description: Mapped[Line]
    quantity: Mapped[Measure]
    unit: Mapped[Line]
    activated_by_consultation: Mapped[bool] = mapped_column(default=False)


class Indicator(Base):
    """What shows whether an intervention succeeds: the target, and the measure of the year."""

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("(measured IS NULL) = (measured_on IS NULL)", name="measured"),
        Index("ix_indicator_intervention_id", "intervention_id"),
    )

    id: Mapped[Id]
    intervention_id: Mapped[int] = mapped_column(ForeignKey("intervention.id"))
    name: Mapped[Line]
    unit: Mapped[Line]
    target: Mapped[Measure]
    measured: Mapped[Measure | None]
    measured_on: Mapped[date | None] = mapped_column()
    evidence: Mapped[Prose | None]
    source: Mapped[Line]
    responsible: Mapped[Line]


class Correction(Base):
    """A change to an approved programme, with its reason; everybody reads it.

    intervention_id: what was changed, None if it was the programme itself.
    """

    __tablename__ = "correction"
    __table_args__ = (
        Index("ix_correction_programme_id", "programme_id"),
        Index("ix_correction_intervention_id", "intervention_id"),
    )

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(ForeignKey("annual_programme.id"))
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("intervention.id"))
    reason: Mapped[Prose]
    corrected_on: Mapped[Day]


class UncheckedSum(Base):
    """A sum that a transaction has touched, from that moment until it is checked at its end.

    Triggers alone write and delete it; nobody ever sees a row of another transaction. number: of
    the intervention whose cost it is, or of the fund; 0 for all funds of the programme.
    """

    __tablename__ = "unchecked_sum"
    __table_args__ = (CheckConstraint("kind IN ('cost', 'fund', 'funds')", name="kind"),)

    xid: Mapped[int] = mapped_column(
        Xid8, primary_key=True, server_default=func.pg_current_xact_id()
    )
    programme_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
