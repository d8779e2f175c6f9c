"""The table of amendments to proposals."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person
from consultazione.proposals.amendments.paragraphs import replaced
from consultazione.proposals.models import Proposal


class Part(StrEnum):
    """The part of a proposal's text that an amendment is about; the value is its column."""

    NEED = "need"
    BODY = "body"
    EFFECT = "effect"


class AmendmentState(StrEnum):
    """What became of an amendment."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ProposalAmendment(Base):
    """New words for a paragraph of a proposal, with the reason; its author accepts or refuses it.

    version: the number of the text that its author read. old, new: the paragraph as it stood, and
    as it should be; empty if it should go. accepted_version: the number of the text that has it.
    answer: why it was refused.
    """

    __tablename__ = "proposal_amendment"
    __table_args__ = (
        Index("ix_proposal_amendment_proposal_id", "proposal_id"),
        CheckConstraint("(state = 'pending') = (answered_at IS NULL)", name="answered"),
        CheckConstraint(
            "(state = 'accepted') = (accepted_version IS NOT NULL)", name="accepted_version"
        ),
    )

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    version: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    part: Mapped[Part] = mapped_column(enum_text(Part))
    old: Mapped[Prose]
    new: Mapped[Prose]
    reason: Mapped[Prose]
    at: Mapped[Moment]
    state: Mapped[AmendmentState] = mapped_column(enum_text(AmendmentState))
    answer: Mapped[Prose | None]
    answered_at: Mapped[Moment | None]
    accepted_version: Mapped[int | None]

    proposal: Mapped[Proposal] = relationship()
    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()

    @property
    def is_pending(self) -> bool:
        """True until it is accepted, refused or withdrawn."""
        return self.state is AmendmentState.PENDING

    @property
    def is_overtaken(self) -> bool:
        """True if it is pending, and its paragraph does not stand in the text any more."""
        text = getattr(self.proposal, self.part.value) or ""
        return self.is_pending and replaced(text, self.old, self.new) is None
