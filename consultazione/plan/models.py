"""Tables of the plan as a whole: where it stands, and contributions with their answers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Moment, Prose, enum_text
from consultazione.outcomes.models import OutcomeItem
from consultazione.zones.models import Act, Chapter


class PlanState(StrEnum):
    """How far the plan of a cycle has come."""

    DRAFT = "draft"
    PUBLIC_DRAFT = "public_draft"
    READY = "ready"
    APPROVED = "approved"


class Plan(Base):
    """Where the plan of a cycle stands; a cycle without a row has a draft.

    answers_due_on: the day by which the plan office means to have answered contributions.
    comments_until: the last day on which the public draft can be commented on.
    """

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("(state = 'approved') = (act_id IS NOT NULL)", name="approved_by_act"),
    )

    cycle_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cycle.id"), primary_key=True)
    state: Mapped[PlanState] = mapped_column(enum_text(PlanState))
    since: Mapped[Moment]
    answers_due_on: Mapped[Day | None]
    comments_until: Mapped[Day | None]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    reopened_reason: Mapped[Prose | None]

    act: Mapped[Act | None] = relationship()


class ContributionState(StrEnum):
    """The plan office's answer to a contribution, or that it is pending."""

    PENDING = "pending"
    TAKEN_IN = "taken_in"
    TAKEN_IN_PART = "taken_in_part"
    REFUSED = "refused"
    NOT_OURS = "not_ours"


class Contribution(Base):
    """An outcome's item forwarded to a chapter; the plan office must answer it."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint("state = 'pending' OR reason IS NOT NULL", name="reason"),
        Index("ix_contribution_chapter_id", "chapter_id"),
    )

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("outcome_item.id"), unique=True)
    state: Mapped[ContributionState] = mapped_column(enum_text(ContributionState))
    reason: Mapped[Prose | None]
    forwarded_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]

    chapter: Mapped[Chapter] = relationship()
    item: Mapped[OutcomeItem] = relationship()


class AnswerDraft(Base):
    """An answer that the plan office has prepared, and will publish together with others."""

    __tablename__ = "answer_draft"
    __table_args__ = (CheckConstraint("answer <> 'pending'", name="answers"),)

    contribution_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("contribution.id"), primary_key=True
    )
    answer: Mapped[ContributionState] = mapped_column(enum_text(ContributionState))
    reason: Mapped[Prose]
    body: Mapped[Prose]
    at: Mapped[Moment]
