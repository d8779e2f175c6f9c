"""Tables of referrals: the bodies that a zone forwards proposals to, and what it forwarded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose
from consultazione.proposals.locking import text_stands_once
from consultazione.proposals.models import Proposal


class ReceivingBody(Base):
    """A body that proposals of a zone can be forwarded to, with how it is reached.

    Never changed, since referrals name it: retired, it is offered no more.
    """

    __tablename__ = "receiving_body"
    __table_args__ = (Index("ix_receiving_body_zone_id", "zone_id"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    address: Mapped[Prose]
    added_at: Mapped[Moment]
    retired_at: Mapped[Moment | None]


class ProposalReferral(Base):
    """That a proposal was forwarded to a body, why, and what the body replied.

    version: the text that it was sent. The proposal stays where it is, with its comments and its
    supports; its table does not answer it any more.
    """

    __tablename__ = "proposal_referral"
    __table_args__ = (
        Index("ix_proposal_referral_body_id", "body_id"),
        CheckConstraint("(reply IS NULL) = (replied_on IS NULL)", name="reply"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("receiving_body.id"))
    reason: Mapped[Prose]
    version: Mapped[int]
    at: Mapped[Moment]
    reply: Mapped[Prose | None]
    replied_on: Mapped[Day | None]

    body: Mapped[ReceivingBody] = relationship()
    proposal: Mapped[Proposal] = relationship()


def _referrals(proposal_id: Any) -> Select[int]:
    return select(ProposalReferral.proposal_id).where(ProposalReferral.proposal_id == proposal_id)


text_stands_once(_referrals)
