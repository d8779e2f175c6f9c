"""The table of co-signers of proposals."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, enum_text
from consultazione.people.models import Category, Mandate, Organisation, Person
from consultazione.proposals.models import Proposal


class CosignerState(StrEnum):
    """What somebody who was invited to sign a proposal has answered."""

    INVITED = "invited"
    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ProposalCosigner(Base):
    """Somebody whom an author has invited to sign a proposal with them.

    person_id, organisation_id: who is invited; of an organisation any delegate may answer, who then
    is its `person_id`. mandate_id, category: in whose voice they sign, once they do.
    """

    __tablename__ = "proposal_cosigner"
    __table_args__ = (
        Index(
            "uq_proposal_cosigner_proposal_id_person",
            "proposal_id",
            "person_id",
            unique=True,
            postgresql_where=text("organisation_id IS NULL"),
        ),
        UniqueConstraint("proposal_id", "organisation_id"),
        Index("ix_proposal_cosigner_person_id", "person_id"),
        CheckConstraint("person_id IS NOT NULL OR organisation_id IS NOT NULL", name="who"),
        CheckConstraint("(state = 'invited') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("state <> 'signed' OR category IS NOT NULL", name="voice"),
    )

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category | None] = mapped_column(enum_text(Category))
    state: Mapped[CosignerState] = mapped_column(enum_text(CosignerState))
    invited_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]

    proposal: Mapped[Proposal] = relationship()
    author: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
