"""State of proposals and of the supports that they have."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person
from consultazione.tables.models import ThematicTable

# The words of a proposal in their Italian forms; the search must ask for just this expression.
WORDS = "to_tsvector('italian'::regconfig, (proposal.title || ' ') || proposal.body)"


class ProposalState(StrEnum):
    """Where a proposal stands before the plan answers it."""

    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"
    WITHDRAWN = "withdrawn"


# The states in which a proposal is commented on, supported, and counted.
STANDING = frozenset({ProposalState.SUBMITTED, ProposalState.ADMITTED})


class Proposal(Base):
    """What a participant proposes at a table, with the category that they spoke for."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_table_id", "table_id"),
        Index("ix_proposal_words", text(WORDS), postgresql_using="gin"),
        CheckConstraint("state <> 'not_admitted' OR state_reason IS NOT NULL", name="reason"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    title: Mapped[Line]
    body: Mapped[Prose]
    state: Mapped[ProposalState] = mapped_column(enum_text(ProposalState))
    state_reason: Mapped[Prose | None]
    submitted_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    demo: Mapped[bool] = mapped_column(default=False)

    table: Mapped[ThematicTable] = relationship()
    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()

    @property
    def is_standing(self) -> bool:
        """True unless it was withdrawn or not admitted."""
        return self.state in STANDING


class Support(Base):
    """A person supports a proposal, alone or for an organisation."""

    __tablename__ = "support"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    at: Mapped[Moment]
