"""The tables of comments and of their versions."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from consultazione.core import log
from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person
from consultazione.proposals.amendments.models import Part


class Position(StrEnum):
    """The position that a comment takes on its proposal."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Comment(Base):
    """A comment (*osservazione*) on a proposal; its words stand in the log, and only there.

    parent_id: the comment that it answers, which answers none itself. part, paragraph,
    text_version: of which paragraph of the proposal's text it speaks, counted from 1, and in which
    version; none if it speaks of the whole. leaf: the text of its entry, in `log_text`. version:
    the number of the text that stands. by_mail: it was sent as an answer to a mail.
    withdrawn_reason: why its author has withdrawn it; empty once the comment was erased.
    """

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_proposal_id", "proposal_id"),
        Index("ix_comment_parent_id", "parent_id", postgresql_where=text("parent_id IS NOT NULL")),
        UniqueConstraint("leaf"),
        CheckConstraint(
            "(part IS NULL) = (paragraph IS NULL) AND (part IS NULL) = (text_version IS NULL)",
            name="anchor",
        ),
    )

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    position: Mapped[Position] = mapped_column(enum_text(Position))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    part: Mapped[Part | None] = mapped_column(enum_text(Part))
    paragraph: Mapped[int | None]
    text_version: Mapped[int | None]
    leaf: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Moment]
    hidden_at: Mapped[Moment | None]
    hidden_reason: Mapped[Prose | None]
    withdrawn_at: Mapped[Moment | None]
    withdrawn_reason: Mapped[Prose | None]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    by_mail: Mapped[bool] = mapped_column(default=False, server_default=false())
    demo: Mapped[bool] = mapped_column(default=False)

    author: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
    # Not a column: the words once they were read.
    _body = cast("str | None", None)

    @property
    def body(self) -> str:
        """Its words; empty if they were erased for good. Read now unless `keep` was called."""
        if self._body is None:
            session = object_session(self)
            assert session is not None, "a comment is read while it is in a session"
            self._body = log.words(session, [self.leaf]).get(self.leaf, "")
        return self._body

    def keep(self, body: str) -> None:
        """Have its words at hand, as they stand in the log."""
        self._body = body

    @property
    def is_erased(self) -> bool:
        """True if its text was erased for good; `hidden_reason` then holds the ground."""
        return not self.body

    @property
    def is_shown(self) -> bool:
        """True if everybody reads its words: not hidden, withdrawn or erased."""
        return self.hidden_at is None and self.withdrawn_at is None and not self.is_erased


class CommentVersion(Base):
    """What a comment said from one change to the next; its words stand in the log as well.

    leaf: the text of the entry that brought it, in `log_text`. reason: why it was changed; of
    the first one none, and empty once the comment was erased.
    """

    __tablename__ = "comment_version"
    __table_args__ = (UniqueConstraint("comment_id", "number"), UniqueConstraint("leaf"))

    id: Mapped[Id]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    number: Mapped[int]
    position: Mapped[Position] = mapped_column(enum_text(Position))
    leaf: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[Prose | None]
    at: Mapped[Moment]
