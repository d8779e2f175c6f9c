"""Tables of outcomes: a table's conclusions, and the unions' answers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.minutes.models import Minutes
from consultazione.outcomes.types import OutcomeDocument
from consultazione.people.models import Organisation
from consultazione.zones.models import SignOffRule


class OutcomeState(StrEnum):
    """The state of an outcome."""

    SIGNING = "signing"
    CLOSED = "closed"


class Answer(StrEnum):
    """A union's answer to an outcome."""

    SIGNED = "signed"
    SIGNED_WITH_NOTE = "signed_with_note"
    DECLINED = "declined"


class Outcome(Base):
    """The conclusions (*esito*) of published minutes, as the document that unions sign."""

    __tablename__ = "outcome"

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), unique=True)
    state: Mapped[OutcomeState] = mapped_column(enum_text(OutcomeState))
    rule: Mapped[SignOffRule] = mapped_column(enum_text(SignOffRule))
    # The exact document that is signed, and its SHA-256 (hex).
    document: Mapped[OutcomeDocument] = mapped_column(JSONB)
    digest: Mapped[Line]
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]

    minutes: Mapped[Minutes] = relationship()
    items: Mapped[list[OutcomeItem]] = relationship(order_by="OutcomeItem.rank")
    parties: Mapped[list[Party]] = relationship(order_by="Party.organisation_id")


class OutcomeItem(Base):
    """A conclusion in an outcome, addressed to a chapter of the plan."""

    __tablename__ = "outcome_item"
    __table_args__ = (UniqueConstraint("outcome_id", "rank"),)

    id: Mapped[Id]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    rank: Mapped[int]
    conclusion_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"), unique=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    body: Mapped[Prose]

    outcome: Mapped[Outcome] = relationship(viewonly=True)


class Party(Base):
    """A union asked to answer an outcome, with its answer once given."""

    __tablename__ = "outcome_party"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("answer IN ('signed') OR answer IS NULL OR note IS NOT NULL", name="note"),
    )

    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    answer: Mapped[Answer | None] = mapped_column(enum_text(Answer))
    note: Mapped[Prose | None]
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    digest: Mapped[Line | None]
    method: Mapped[Line | None]
    answered_at: Mapped[Moment | None]

    organisation: Mapped[Organisation] = relationship()
