"""Tables of proposals and of their supports."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person
from consultazione.tables.models import ThematicTable

# What a search looks for words in. Computed for each row of a search, it took 0.1 ms a row.
_WORDS = "to_tsvector('italian'::regconfig, (title || ' ') || body)"


class ProposalState(StrEnum):
    """The state of a proposal, until the plan answers it."""

    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"
    WITHDRAWN = "withdrawn"


# The states in which a proposal can be commented on and supported, and counts.
STANDING = frozenset({ProposalState.SUBMITTED, ProposalState.ADMITTED})


class Proposal(Base):
    """A participant's proposal at a table, with the category they spoke for.

    words: kept by the database, and read by its searches alone. supports: how many rows of
    `support` the proposal has, counted with each of them under the proposal's lock.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_words", "words", postgresql_using="gin"),
        Index("ix_proposal_supports", "supports", "id"),
        Index("ix_proposal_state", "state", "id"),
        Index("ix_proposal_table_id", "table_id", "id"),
        Index("ix_proposal_table_id_supports", "table_id", "supports", "id"),
        Index("ix_proposal_table_id_state", "table_id", "state", "id"),
        CheckConstraint("supports >= 0", name="supports"),
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
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed(_WORDS, persisted=True), nullable=True, deferred=True
    )
    supports: Mapped[int] = mapped_column(BigInteger, default=0)

    table: Mapped[ThematicTable] = relationship()
    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()

    @property
    def is_standing(self) -> bool:
        """True unless it was refused or withdrawn."""
        return self.state in STANDING


class ProposalNeed(Base):
    """A need of the cycle that a proposal names."""

    __tablename__ = "proposal_need"
    __table_args__ = (Index("ix_proposal_need_need_id", "need_id"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), primary_key=True)


class Support(Base):
    """A person's support of a proposal, for themselves or for an organisation."""

    __tablename__ = "support"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    at: Mapped[Moment]
