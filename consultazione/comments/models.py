"""The table of comments."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person


class Position(StrEnum):
    """The position that a comment takes on its proposal."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Comment(Base):
    """A comment (*osservazione*) on a proposal."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_proposal_id", "proposal_id"),)

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    position: Mapped[Position] = mapped_column(enum_text(Position))
    body: Mapped[Prose]
    at: Mapped[Moment]
    hidden_at: Mapped[Moment | None]
    hidden_reason: Mapped[Prose | None]
    demo: Mapped[bool] = mapped_column(default=False)

    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()

    @property
    def is_erased(self) -> bool:
        """True if its text was erased for good; `hidden_reason` then holds the ground."""
        return not self.body
