"""Tables of strategies and decisions."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose
from consultazione.outcomes.models import Outcome
from consultazione.plan.blocks.models import Block
from consultazione.sittings.models import Sitting
from consultazione.zones.models import Act, Chapter, Priority, of_its_cycle


def _of_decision(name: str, other: str) -> Table:
    """What a decision has several of, each once."""
    return Table(
        name,
        Base.metadata,
        Column("decision_id", BigInteger, ForeignKey("decision.id"), primary_key=True),
        Column(f"{other}_id", BigInteger, ForeignKey(f"{other}.id"), primary_key=True, index=True),
    )


decision_priority = _of_decision("decision_priority", "priority")
decision_chapter = _of_decision("decision_chapter", "chapter")
decision_block = _of_decision("decision_block", "block")


class Strategy(Base):
    """A strategy for the planning of a cycle; decisions follow it."""

    __tablename__ = "strategy"
    __table_args__ = (
        of_its_cycle(),
        UniqueConstraint("cycle_id", "rank"),
        UniqueConstraint("id", "cycle_id", "zone_id"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    rank: Mapped[int]
    title: Mapped[Line]
    body: Mapped[Prose]
    demo: Mapped[bool] = mapped_column(default=False)

    decisions: Mapped[list[Decision]] = relationship(
        order_by="(Decision.decided_on, Decision.id)", back_populates="strategy"
    )


class Decision(Base):
    """Who decided what, when, and by what: an act, a sitting, an outcome, or a source in words.

    version: 1, and one more with each change. A decision that was revoked stays readable.
    """

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["strategy_id", "cycle_id", "zone_id"],
            ["strategy.id", "strategy.cycle_id", "strategy.zone_id"],
            name="fk_decision_strategy",
        ),
        CheckConstraint("num_nonnulls(act_id, sitting_id, outcome_id, source) = 1", name="basis"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revoked"),
        Index("ix_decision_strategy_id", "strategy_id"),
    )

    id: Mapped[Id]
    strategy_id: Mapped[int] = mapped_column(BigInteger)
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[Line]
    body: Mapped[Prose]
    decided_by: Mapped[Line]
    decided_on: Mapped[Day]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    source: Mapped[Line | None]
    version: Mapped[int] = mapped_column(default=1)
    revoked_at: Mapped[Moment | None]
    revoked_reason: Mapped[Prose | None]
    demo: Mapped[bool] = mapped_column(default=False)

    strategy: Mapped[Strategy] = relationship(back_populates="decisions")
    act: Mapped[Act | None] = relationship()
    sitting: Mapped[Sitting | None] = relationship()
    outcome: Mapped[Outcome | None] = relationship()
    priorities: Mapped[list[Priority]] = relationship(
        secondary=decision_priority, order_by=Priority.rank
    )
    chapters: Mapped[list[Chapter]] = relationship(
        secondary=decision_chapter, order_by=Chapter.number
    )
    blocks: Mapped[list[Block]] = relationship(secondary=decision_block, order_by=Block.id)
