"""Tables of what is said about blocks of the plan: comments and suggested changes."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person
from consultazione.plan.blocks.models import Block


class BlockComment(Base):
    """A comment on a block of the plan, and the plan office's answer.

    version: that of the block which its author read.
    """

    __tablename__ = "block_comment"
    __table_args__ = (CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer"),)

    id: Mapped[Id]
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), index=True)
    version: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    body: Mapped[Prose]
    at: Mapped[Moment]
    answer: Mapped[Prose | None]
    answered_at: Mapped[Moment | None]
    demo: Mapped[bool] = mapped_column(default=False)

    block: Mapped[Block] = relationship()
    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()


class SuggestionState(StrEnum):
    """The plan office's decision on a suggested change, or that it is pending."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class BlockSuggestion(Base):
    """Another text for a block, with its reason; the plan office accepts or refuses it.

    version: that of the block which the text is meant to replace.
    """

    __tablename__ = "block_suggestion"
    __table_args__ = (
        CheckConstraint("(state = 'pending') = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[Id]
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"), index=True)
    version: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    body: Mapped[Prose]
    reason: Mapped[Prose]
    at: Mapped[Moment]
    state: Mapped[SuggestionState] = mapped_column(enum_text(SuggestionState))
    answer: Mapped[Prose | None]
    answered_at: Mapped[Moment | None]
    demo: Mapped[bool] = mapped_column(default=False)

    block: Mapped[Block] = relationship()
    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
