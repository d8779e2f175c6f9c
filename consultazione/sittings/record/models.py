"""Tables of the record: running notes, stock phrases, statements, commitments."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Category, Organisation, Person
from consultazione.sittings.models import Sitting

# Characters.
LONGEST_NOTE = 10_000
LONGEST_PHRASE = 300
LONGEST_STATEMENT = 2000
LONGEST_COMMITMENT = 500


class StatementKind(StrEnum):
    """The kinds of statement: a statement of vote, or a note to the record."""

    VOTE = "vote"
    NOTE = "note"


class StatementState(StrEnum):
    """The states of a statement; of a hidden one the minutes leave the words out."""

    MADE = "made"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class CommitmentState(StrEnum):
    """The states of a commitment."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class RunningNote(Base):
    """The chair's notes on a point while it is under discussion, one text for each point.

    version: how often it was written; a write must name the version that it replaces.
    """

    __tablename__ = "running_note"

    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"), primary_key=True)
    body: Mapped[Prose]
    version: Mapped[int]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[Moment]


class StockPhrase(Base):
    """A sentence that the minutes of a table often use."""

    __tablename__ = "stock_phrase"
    __table_args__ = (UniqueConstraint("table_id", "body"),)

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    body: Mapped[Line]


class ZonePhrase(Base):
    """A sentence for the minutes of all tables of a zone; retired, it is offered no more.

    version: how often it was put in other words; a change must name the one that was read.
    """

    __tablename__ = "zone_phrase"
    __table_args__ = (Index("ix_zone_phrase_zone_id", "zone_id"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    body: Mapped[Line]
    version: Mapped[int] = mapped_column(default=1)
    retired_at: Mapped[Moment | None]


class Statement(Base):
    """A statement of vote (*dichiarazione di voto*) or a note to the record (*nota a verbale*).

    reason: why its words are hidden.
    """

    __tablename__ = "statement"
    __table_args__ = (
        Index("ix_statement_sitting_id", "sitting_id"),
        CheckConstraint("(kind = 'vote') = (poll_id IS NOT NULL)", name="of_a_vote"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    poll_id: Mapped[int | None] = mapped_column(ForeignKey("poll.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    kind: Mapped[StatementKind] = mapped_column(enum_text(StatementKind))
    body: Mapped[Prose]
    state: Mapped[StatementState] = mapped_column(enum_text(StatementState))
    reason: Mapped[Prose | None]
    made_at: Mapped[Moment]


class Commitment(Base):
    """What a person or an organisation has undertaken (*impegno*), and until which day."""

    __tablename__ = "commitment"
    __table_args__ = (
        Index("ix_commitment_sitting_id", "sitting_id"),
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="one_owner"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    body: Mapped[Prose]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    due_on: Mapped[Day]
    state: Mapped[CommitmentState] = mapped_column(enum_text(CommitmentState))
    done_at: Mapped[Moment | None]

    sitting: Mapped[Sitting] = relationship()
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def owner(self) -> str:
        """The name of the person or organisation that has undertaken it."""
        owner = (
            self.organisation.name if self.organisation else self.person and self.person.shown_name
        )
        return owner or ""
