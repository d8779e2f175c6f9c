"""Tables of participatory budgets: the budget, its items, and answers while it is open."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Document, Id, Line, Moment, Money, Prose, enum_text
from consultazione.zones.models import of_its_cycle


class BudgetMethod(StrEnum):
    """How residents answer, and how their answers are counted."""

    KNAPSACK = "knapsack"
    POINTS = "points"
    RANKING = "ranking"


class BudgetState(StrEnum):
    """The states of a participatory budget, in their order."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Budget(Base):
    """A sum for whose use residents are asked.

    points: how many each person gives away, where the method is points. closes_at: after this
    moment nobody answers any more. result: see `budgets.methods`; None until it is closed.
    """

    __tablename__ = "participatory_budget"
    __table_args__ = (
        of_its_cycle(),
        CheckConstraint("funds > 0 AND funds < 'NaN'", name="funds"),
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("(state = 'closed') = (result IS NOT NULL)", name="result"),
        Index("ix_participatory_budget_cycle_id", "cycle_id"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    zone_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    title: Mapped[Line]
    description: Mapped[Prose]
    method: Mapped[BudgetMethod] = mapped_column(enum_text(BudgetMethod))
    funds: Mapped[Money]
    points: Mapped[int]
    state: Mapped[BudgetState] = mapped_column(enum_text(BudgetState))
    closes_at: Mapped[Moment | None]
    opened_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    result: Mapped[Document | None]
    written_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    items: Mapped[list[BudgetItem]] = relationship(order_by="BudgetItem.number")


class BudgetItem(Base):
    """Something that the sum of a participatory budget can be spent on, with its cost."""

    __tablename__ = "budget_item"
    __table_args__ = (
        UniqueConstraint("budget_id", "number"),
        CheckConstraint("cost > 0 AND cost < 'NaN'", name="cost"),
    )

    id: Mapped[Id]
    budget_id: Mapped[int] = mapped_column(ForeignKey("participatory_budget.id"))
    number: Mapped[int]
    title: Mapped[Line]
    description: Mapped[Prose]
    cost: Mapped[Money]


class BudgetIntervention(Base):
    """The intervention that carries out what a participatory budget chose; it goes with it."""

    __tablename__ = "budget_intervention"

    intervention_id: Mapped[int] = mapped_column(
        ForeignKey("intervention.id", ondelete="CASCADE"), primary_key=True
    )
    budget_item_id: Mapped[int] = mapped_column(ForeignKey("budget_item.id"), unique=True)

    item: Mapped[BudgetItem] = relationship()


class BudgetAnswer(Base):
    """What a person has answered so far; deleted when the budget is closed and counted.

    choice: a number by the item's id, as the method reads it.
    """

    __tablename__ = "budget_answer"

    budget_id: Mapped[int] = mapped_column(ForeignKey("participatory_budget.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    choice: Mapped[Document]
