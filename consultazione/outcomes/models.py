"""Tables of outcomes: a table's conclusions, and the unions' answers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text
from consultazione.documents.signatures.models import Signature
from consultazione.minutes.compose.types import ConclusionRow
from consultazione.minutes.models import Minutes
from consultazione.outcomes.types import OutcomeDocument
from consultazione.people.models import Mandate, Organisation
from consultazione.zones.models import SignOffRule


class OutcomeState(StrEnum):
    """The state of an outcome."""

    SIGNING = "signing"
    CLOSED = "closed"


class ClosedBy(StrEnum):
    """What ended a sign-off: the zone's rule, the deadline, or the chair's act."""

    RULE = "rule"
    DEADLINE = "deadline"
    CHAIR = "chair"


class Answer(StrEnum):
    """A union's answer to an outcome; silent is who let the deadline pass."""

    SIGNED = "signed"
    SIGNED_WITH_NOTE = "signed_with_note"
    DECLINED = "declined"
    SILENT = "silent"


class Outcome(Base):
    """The conclusions (*esito*) of published minutes, as the document that unions sign.

    due_on: the last day on which unions can answer, in Italy; none for outcomes that were opened
    before there were deadlines. due_reason: why it was moved last. closed_reason: why the chair
    ended the sign-off.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_by IS NOT NULL)", name="closed"),
        CheckConstraint("(closed_by = 'chair') = (closed_reason IS NOT NULL)", name="reason"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), unique=True)
    state: Mapped[OutcomeState] = mapped_column(enum_text(OutcomeState))
    rule: Mapped[SignOffRule] = mapped_column(enum_text(SignOffRule))
    # The exact document that is signed, and its SHA-256 (hex).
    document: Mapped[OutcomeDocument] = mapped_column(JSONB)
    digest: Mapped[Line]
    opened_at: Mapped[Moment]
    due_on: Mapped[Day | None]
    due_reason: Mapped[Prose | None]
    closed_at: Mapped[Moment | None]
    closed_by: Mapped[ClosedBy | None] = mapped_column(enum_text(ClosedBy))
    closed_reason: Mapped[Prose | None]

    minutes: Mapped[Minutes] = relationship()
    items: Mapped[list[OutcomeItem]] = relationship(order_by="OutcomeItem.rank")
    parties: Mapped[list[Party]] = relationship(order_by="Party.organisation_id")
    adherents: Mapped[list[Adherent]] = relationship(
        order_by="Adherent.id", back_populates="outcome"
    )

    def row_of(self, item: OutcomeItem) -> ConclusionRow:
        """What the document says of one of its conclusions.

        Found by its id: ranks are those of the minutes, of which the document leaves out what is
        held back.
        """
        return next(row for row in self.document["items"] if row["id"] == item.conclusion_id)


class OutcomeItem(Base):
    """A conclusion in an outcome, addressed to a chapter of the plan."""

    __tablename__ = "outcome_item"
    __table_args__ = (
        UniqueConstraint("outcome_id", "rank"),
        # Target of a composite foreign key: an item is answered in its own outcome.
        UniqueConstraint("id", "outcome_id"),
    )

    id: Mapped[Id]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    rank: Mapped[int]
    conclusion_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"), unique=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    body: Mapped[Prose]

    outcome: Mapped[Outcome] = relationship(viewonly=True)


class Party(Base):
    """A union asked to answer an outcome, with its answer once given.

    answer, note: to all conclusions but those that `otherwise` holds.
    """

    __tablename__ = "outcome_party"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint(
            "answer IN ('signed', 'silent') OR answer IS NULL OR note IS NOT NULL", name="note"
        ),
        CheckConstraint("answer <> 'silent' OR mandate_id IS NULL", name="silence"),
    )

    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    answer: Mapped[Answer | None] = mapped_column(enum_text(Answer))
    note: Mapped[Prose | None]
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    digest: Mapped[Line | None]
    method: Mapped[Line | None]
    answered_at: Mapped[Moment | None]
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("document_signature.id"))

    signature: Mapped[Signature | None] = relationship()
    organisation: Mapped[Organisation] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
    otherwise: Mapped[list[ItemAnswer]] = relationship(order_by="ItemAnswer.item_id")


class Adherent(Base):
    """An organisation that was not asked, and adheres (*aderisce*) to an outcome all the same.

    digest: of the document to which it adheres.
    """

    __tablename__ = "outcome_adherent"
    __table_args__ = (UniqueConstraint("outcome_id", "organisation_id"),)

    id: Mapped[Id]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    digest: Mapped[Line]
    method: Mapped[Line]
    signature_id: Mapped[int] = mapped_column(ForeignKey("document_signature.id"))
    adhered_at: Mapped[Moment]

    signature: Mapped[Signature] = relationship()
    organisation: Mapped[Organisation] = relationship()
    mandate: Mapped[Mandate] = relationship()
    outcome: Mapped[Outcome] = relationship(back_populates="adherents")


class ItemAnswer(Base):
    """A union's answer to one conclusion, where it is another than its answer to the rest."""

    __tablename__ = "outcome_item_answer"
    __table_args__ = (
        CheckConstraint("answer <> 'silent'", name="spoken"),
        CheckConstraint("answer = 'signed' OR note IS NOT NULL", name="note"),
        ForeignKeyConstraint(
            ["outcome_id", "organisation_id"],
            ["outcome_party.outcome_id", "outcome_party.organisation_id"],
        ),
        ForeignKeyConstraint(
            ["item_id", "outcome_id"], ["outcome_item.id", "outcome_item.outcome_id"]
        ),
    )

    item_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    outcome_id: Mapped[int] = mapped_column(BigInteger)
    answer: Mapped[Answer] = mapped_column(enum_text(Answer))
    note: Mapped[Prose | None]
