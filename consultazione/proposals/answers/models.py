"""Tables of answers: who evaluates a proposal, private notes, answers prepared and published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Person
from consultazione.proposals.locking import text_stands_once
from consultazione.proposals.models import Proposal
from consultazione.tables.models import ThematicTable


class Verdict(StrEnum):
    """What an answer says of a proposal, beside its reasons."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    NOT_ACCEPTED = "not_accepted"
    NOT_OURS = "not_ours"


class ProposalEvaluation(Base):
    """Who evaluates a proposal; nobody, once it was taken back from them."""

    __tablename__ = "proposal_evaluation"
    __table_args__ = (Index("ix_proposal_evaluation_evaluator_id", "evaluator_id"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    evaluator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[Moment]

    evaluator: Mapped[Person | None] = relationship()
    proposal: Mapped[Proposal] = relationship()


class EvaluationNote(Base):
    """A private note on a proposal: for its evaluator and who runs the table, and nobody else.

    leaf: the same words in the log, which go with the row when the note is erased.
    """

    __tablename__ = "evaluation_note"
    __table_args__ = (
        Index("ix_evaluation_note_proposal_id", "proposal_id"),
        UniqueConstraint("leaf"),
    )

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[Prose]
    leaf: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Moment]

    author: Mapped[Person] = relationship()
    proposal: Mapped[Proposal] = relationship()


class ProposalAnswerDraft(Base):
    """The answer to a proposal while it is prepared; it stands in no log until it is published.

    version: the number of the proposal's text that it answers. revision: how often it was saved,
    so that of two who write at once neither overwrites the other. is_ready: it may be published.
    """

    __tablename__ = "proposal_answer_draft"
    __table_args__ = (
        CheckConstraint("NOT is_ready OR (verdict IS NOT NULL AND body <> '')", name="ready"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    verdict: Mapped[Verdict | None] = mapped_column(enum_text(Verdict))
    body: Mapped[Prose]
    version: Mapped[int]
    revision: Mapped[int]
    is_ready: Mapped[bool]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]

    proposal: Mapped[Proposal] = relationship()
    writer: Mapped[Person] = relationship()


@dataclass(frozen=True)
class ReadAnswer:
    """A prepared answer as somebody read it: of which proposal, and after how many savings."""

    proposal_id: int
    revision: int


class AnswerBatch(Base):
    """Answers of a table that were published together."""

    __tablename__ = "answer_batch"
    __table_args__ = (Index("ix_answer_batch_table_id", "table_id"),)

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    at: Mapped[Moment]

    table: Mapped[ThematicTable] = relationship()


class ProposalAnswer(Base):
    """The table's answer to a proposal, with its reasons; version: the text that it answers."""

    __tablename__ = "proposal_answer"
    __table_args__ = (Index("ix_proposal_answer_batch_id", "batch_id"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("answer_batch.id"))
    verdict: Mapped[Verdict] = mapped_column(enum_text(Verdict))
    body: Mapped[Prose]
    version: Mapped[int]

    batch: Mapped[AnswerBatch] = relationship()
    proposal: Mapped[Proposal] = relationship()


class AnswerRule(Base):
    """In how many days after its admission a proposal is answered in a zone; None: no rule."""

    __tablename__ = "answer_rule"
    __table_args__ = (CheckConstraint("days BETWEEN 1 AND 365", name="days"),)

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    days: Mapped[int | None]


def _answers(proposal_id: Any) -> Select[int]:
    return select(ProposalAnswer.proposal_id).where(ProposalAnswer.proposal_id == proposal_id)


text_stands_once(_answers)
