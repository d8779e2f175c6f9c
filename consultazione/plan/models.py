"""Tables of the plan: contributions with their answers, and paragraphs."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.outcomes.models import OutcomeItem
from consultazione.zones.models import Chapter


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


class Paragraph(Base):
    """A paragraph of a chapter; `contribution_id` names what it was taken from, if anything."""

    __tablename__ = "paragraph"
    __table_args__ = (UniqueConstraint("chapter_id", "rank"),)

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    rank: Mapped[int]
    body: Mapped[Prose]
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), unique=True)
    written_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    chapter: Mapped[Chapter] = relationship()
    contribution: Mapped[Contribution | None] = relationship()
