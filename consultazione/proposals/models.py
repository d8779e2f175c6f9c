"""Tables of proposals: their versions, their attached files, and their supports."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Chapter, Priority

# What a search looks for words in. Computed for each row of a search, it took 0.1 ms a row.
_WORDS = (
    "to_tsvector('italian'::regconfig, title || ' ' || body"
    " || ' ' || coalesce(need, '') || ' ' || coalesce(effect, ''))"
)
_FILE_WORDS = (
    "to_tsvector('italian'::regconfig, coalesce(description, '') || ' ' || coalesce(text, ''))"
)
_LIVING = "state IN ('submitted', 'admitted')"
_CHANGED = "state = 'admitted' AND version > decided_version"
_FIRST = text("1")


class ProposalState(StrEnum):
    """The state of a proposal, until the plan answers it."""

    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"
    WITHDRAWN = "withdrawn"
    # Merged into another, divided, or forwarded: it continues there.
    SUPERSEDED = "superseded"


# The states in which a proposal can be commented on and supported, and counts.
STANDING = frozenset({ProposalState.SUBMITTED, ProposalState.ADMITTED})


class Proposal(Base):
    """A participant's proposal at a table, with the category they spoke for.

    words: kept by the database, and read by its searches alone. living: the same, for lists, in
    which what was refused or withdrawn comes last. supports: how many rows of `support` the
    proposal has, counted with each of them under the proposal's lock.

    need, effect: what is missing today and what would change, where the author says it apart from
    `body`, which is what they propose. chapter_id, priority_id: the part of the plan and the
    strategic priority that they name. version: the number of the text that stands, which `title`,
    `body`, `need` and `effect` repeat.
    decided_version: the one that was admitted, refused or withdrawn. hidden_at: since when
    its text is hidden: `title` and `body` then hold what stands in its place, `need` and `effect`
    nothing.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_words", "words", postgresql_using="gin"),
        Index("ix_proposal_living", "living", "id"),
        Index("ix_proposal_supports", "living", "supports", "id"),
        Index("ix_proposal_state", "state", "id"),
        Index("ix_proposal_author_id", "author_id", "id"),
        Index("ix_proposal_table_id", "table_id", "living", "id"),
        Index("ix_proposal_table_id_supports", "table_id", "living", "supports", "id"),
        Index("ix_proposal_table_id_state", "table_id", "state", "id"),
        Index("ix_proposal_changed", "table_id", postgresql_where=text(_CHANGED)),
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
    need: Mapped[Prose | None]
    effect: Mapped[Prose | None]
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"))
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    state: Mapped[ProposalState] = mapped_column(enum_text(ProposalState))
    state_reason: Mapped[Prose | None]
    submitted_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    demo: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed(_WORDS, persisted=True), nullable=True, deferred=True
    )
    living: Mapped[bool] = mapped_column(
        Boolean, Computed(_LIVING, persisted=True), nullable=True, deferred=True
    )
    supports: Mapped[int] = mapped_column(BigInteger, default=0)
    version: Mapped[int] = mapped_column(default=1, server_default=_FIRST)
    decided_version: Mapped[int | None]
    hidden_at: Mapped[Moment | None]

    table: Mapped[ThematicTable] = relationship()
    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
    chapter: Mapped[Chapter | None] = relationship()
    priority: Mapped[Priority | None] = relationship()

    @property
    def is_standing(self) -> bool:
        """True unless it was refused or withdrawn."""
        return self.state in STANDING

    @property
    def awaits_decision(self) -> bool:
        """True if it is neither admitted nor refused, or its text has changed since it was."""
        if self.state is ProposalState.ADMITTED:
            return self.version > (self.decided_version or 1)
        return self.state is ProposalState.SUBMITTED


class ProposalVersion(Base):
    """The text of a proposal from one change to the next; number 1 is what was handed in."""

    __tablename__ = "proposal_version"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    title: Mapped[Line]
    body: Mapped[Prose]
    need: Mapped[Prose | None]
    effect: Mapped[Prose | None]
    reason: Mapped[Prose | None]
    at: Mapped[Moment]


class ProposalFile(Base):
    """A file that the author has attached; withdrawn with its reason, its row stays.

    description: what is in it, for who does not open it or see it. text: what a worker has read in
    it, for searches alone; None until then, if nothing can be read, and once it is withdrawn.
    """

    __tablename__ = "proposal_file"
    __table_args__ = (
        Index("ix_proposal_file_proposal_id", "proposal_id"),
        Index("ix_proposal_file_words", "words", postgresql_using="gin"),
    )

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    file_name: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[Line]
    description: Mapped[Line | None]
    text: Mapped[Prose | None]
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed(_FILE_WORDS, persisted=True), nullable=True, deferred=True
    )
    attached_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
    withdrawn_reason: Mapped[Prose | None]


class ProposalNeed(Base):
    """A need of the cycle that a proposal names."""

    __tablename__ = "proposal_need"
    __table_args__ = (Index("ix_proposal_need_need_id", "need_id"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), primary_key=True)


class Support(Base):
    """A person's support of a proposal, for themselves or for an organisation.

    version: the number of the text that they read when they gave or renewed it.
    """

    __tablename__ = "support"
    __table_args__ = (Index("ix_support_person_id", "person_id"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1, server_default=_FIRST)
