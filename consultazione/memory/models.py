"""Tables of the memory: archived documents, links between priorities, assessments, comments."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text
from consultazione.outcomes.models import OutcomeItem
from consultazione.people.models import Mandate, Person
from consultazione.zones.models import Cycle, Priority, of_its_cycle

_OF_DOCUMENT = "to_tsvector('italian'::regconfig, (title || ' ') || body)"
_OF_PAGE = "to_tsvector('italian'::regconfig, body)"


class DocumentKind(StrEnum):
    """The kinds of document that a past cycle leaves."""

    PLAN = "plan"
    ANNUAL_PROGRAMME = "annual_programme"
    PROGRAMME_AGREEMENT = "programme_agreement"
    COMMUNITY_PROFILE = "community_profile"
    REPORT = "report"
    OTHER = "other"


class TextState(StrEnum):
    """What became of reading a document's file."""

    NO_FILE = "no_file"
    READ = "read"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class ArchiveDocument(Base):
    """A document of past years of the zone's planning, known by its title, with a file or not.

    body: the public body that passed or published it. source: where we know of it from.
    found_at: where it can be read, if not here; an address or a place. words: kept by the
    database, and read by searches alone.
    """

    __tablename__ = "archive_document"
    __table_args__ = (
        CheckConstraint("last_year >= first_year", name="years"),
        CheckConstraint("(sha256 IS NULL) = (text_state = 'no_file')", name="file"),
        CheckConstraint(
            "num_nonnulls(file_name, media_type, size, sha256) IN (0, 4)", name="whole_file"
        ),
        Index("ix_archive_document_zone_id", "zone_id", "first_year"),
        Index("ix_archive_document_words", "words", postgresql_using="gin"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    first_year: Mapped[int]
    last_year: Mapped[int]
    title: Mapped[Line]
    kind: Mapped[DocumentKind] = mapped_column(enum_text(DocumentKind))
    body: Mapped[Line]
    source: Mapped[Line]
    found_at: Mapped[Line | None]
    on_day: Mapped[Day | None]
    file_name: Mapped[Line | None]
    media_type: Mapped[Line | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[Line | None]
    text_state: Mapped[TextState] = mapped_column(enum_text(TextState))
    recorded_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed(_OF_DOCUMENT, persisted=True), nullable=True, deferred=True
    )

    @property
    def years(self) -> str:
        """The years that it is about: 2006-2008, or 2006 if it is one."""
        first, last = self.first_year, self.last_year
        return str(first) if first == last else f"{first}-{last}"


class ArchivePage(Base):
    """The text of a page of a document's file, or of a part as long as one."""

    __tablename__ = "archive_page"
    __table_args__ = (Index("ix_archive_page_words", "words", postgresql_using="gin"),)

    document_id: Mapped[int] = mapped_column(
        ForeignKey("archive_document.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[Prose]
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed(_OF_PAGE, persisted=True), nullable=True, deferred=True
    )


class LinkKind(StrEnum):
    """What became of a priority from one cycle to the next."""

    CONTINUED = "continued"
    CHANGED = "changed"
    DROPPED = "dropped"
    NEW = "new"


class PriorityLink(Base):
    """A priority of a cycle and what it was in an earlier one.

    earlier_id: None for a new priority. priority_id: None for one that was dropped.
    """

    __tablename__ = "priority_link"
    __table_args__ = (
        of_its_cycle(),
        ForeignKeyConstraint(["earlier_cycle_id", "zone_id"], ["cycle.id", "cycle.zone_id"]),
        CheckConstraint("earlier_cycle_id <> cycle_id", name="cycles"),
        CheckConstraint("(kind = 'new') = (earlier_id IS NULL)", name="new"),
        CheckConstraint("(kind = 'dropped') = (priority_id IS NULL)", name="dropped"),
        UniqueConstraint(
            "cycle_id",
            "earlier_cycle_id",
            "priority_id",
            "earlier_id",
            name="uq_priority_link_pair",
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_priority_link_priority_id", "priority_id"),
        Index("ix_priority_link_earlier_id", "earlier_id"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(BigInteger)
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    earlier_cycle_id: Mapped[int] = mapped_column(BigInteger)
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    kind: Mapped[LinkKind] = mapped_column(enum_text(LinkKind))
    note: Mapped[Prose]
    linked_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    priority: Mapped[Priority | None] = relationship(foreign_keys=[priority_id])
    earlier: Mapped[Priority | None] = relationship(foreign_keys=[earlier_id])


class Fulfilment(StrEnum):
    """Whether what a cycle had promised was done."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


class Assessment(Base):
    """The plan office's judgement on a priority or a conclusion of a cycle, with its evidence."""

    __tablename__ = "promise_assessment"
    __table_args__ = (
        of_its_cycle(),
        CheckConstraint("num_nonnulls(priority_id, item_id) = 1", name="promise"),
        UniqueConstraint("priority_id"),
        UniqueConstraint("item_id"),
        Index("ix_promise_assessment_cycle_id", "cycle_id"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(BigInteger)
    cycle_id: Mapped[int] = mapped_column(BigInteger)
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("outcome_item.id"))
    fulfilment: Mapped[Fulfilment] = mapped_column(enum_text(Fulfilment))
    evidence: Mapped[Prose]
    source: Mapped[Line]
    assessed_at: Mapped[Moment]
    demo: Mapped[bool] = mapped_column(default=False)

    cycle: Mapped[Cycle] = relationship(
        primaryjoin="foreign(Assessment.cycle_id) == Cycle.id", viewonly=True
    )
    priority: Mapped[Priority | None] = relationship()
    item: Mapped[OutcomeItem | None] = relationship()

    @property
    def promise(self) -> str:
        """The words that are assessed: the priority's, or the conclusion's."""
        if self.priority is not None:
            return self.priority.title
        return self.item.body if self.item else ""


class AssessmentComment(Base):
    """What an organisation says about an assessment, by a delegate of it."""

    __tablename__ = "promise_comment"
    __table_args__ = (
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden"),
        Index("ix_promise_comment_assessment_id", "assessment_id"),
    )

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("promise_assessment.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    body: Mapped[Prose]
    at: Mapped[Moment]
    hidden_at: Mapped[Moment | None]
    hidden_reason: Mapped[Prose | None]
    demo: Mapped[bool] = mapped_column(default=False)

    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate] = relationship()
    assessment: Mapped[Assessment] = relationship()
