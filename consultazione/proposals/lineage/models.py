"""The table of lineage: which proposal continues in which other."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.proposals.models import Proposal


class Way(StrEnum):
    """How a proposal came to continue in others."""

    MERGED = "merged"
    DIVIDED = "divided"
    FORWARDED = "forwarded"


class ProposalLineage(Base):
    """That a proposal continues in another one, and why; it is not under discussion itself then."""

    __tablename__ = "proposal_lineage"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        Index("ix_proposal_lineage_to_id", "to_id"),
        CheckConstraint("from_id <> to_id", name="another"),
    )

    id: Mapped[Id]
    from_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    way: Mapped[Way] = mapped_column(enum_text(Way))
    reason: Mapped[Prose]
    at: Mapped[Moment]

    origin: Mapped[Proposal] = relationship(foreign_keys=[from_id])
    successor: Mapped[Proposal] = relationship(foreign_keys=[to_id])
