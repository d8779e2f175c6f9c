"""The table of digests. It holds no words: only where they stand in comments."""

from __future__ import annotations

from enum import StrEnum
from typing import TypedDict

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Moment


class Group(StrEnum):
    """For what a sentence stands: the position of its comment, or that it asks something."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    NEUTRAL = "neutral"
    QUESTIONS = "questions"


class Chosen(TypedDict):
    """A sentence: the characters from `start` to `end` of the text of a comment.

    leaf: the text, in `log_text`; a comment that was changed since has another one. near: how many
    other comments say something like it.
    """

    group: str
    comment_id: int
    leaf: int
    start: int
    end: int
    near: int


class DiscussionDigest(Base):
    """The digest of the comments on a proposal, as it was last made.

    number: how far the stream of the table had come then. comments: of how many it was made.
    The words are read where they stand, so that those of a comment that is hidden, withdrawn,
    changed or erased are gone in the same transaction.
    """

    __tablename__ = "discussion_digest"
    __table_args__ = (CheckConstraint("comments > 0", name="comments"),)

    proposal_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("proposal.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(BigInteger)
    comments: Mapped[int]
    made_at: Mapped[Moment]
    sentences: Mapped[list[Chosen]] = mapped_column(JSONB)
