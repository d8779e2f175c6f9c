"""What became of a text that came on paper."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.comments.models import Comment
from consultazione.proposals.models import Proposal
from consultazione.tables.holding.models import HeldText
from consultazione.tables.on_paper.models import PaperText


@dataclass(frozen=True)
class Became:
    """The proposal or the comment that it is now; held: how it waited, if it did."""

    proposal: Proposal | None
    comment: Comment | None
    held: HeldText | None


def what_became(session: Session, paper: PaperText) -> Became:
    """What became of a text: it is the only one of the account that it speaks as."""
    author = {"author_id": paper.person_id}
    return Became(
        session.scalar(select(Proposal).filter_by(**author).order_by(Proposal.id).limit(1)),
        session.scalar(select(Comment).filter_by(**author).order_by(Comment.id).limit(1)),
        session.scalar(select(HeldText).filter_by(**author).order_by(HeldText.id).limit(1)),
    )
