"""The table of comments."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from consultazione.core import log
from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person


class Position(StrEnum):
    """The position that a comment takes on its proposal."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Comment(Base):
    """A comment (*osservazione*) on a proposal; its words stand in the log, and only there.

    leaf: the text of its entry, in `log_text`.
    """

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_proposal_id", "proposal_id"), UniqueConstraint("leaf"))

    id: Mapped[Id]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    position: Mapped[Position] = mapped_column(enum_text(Position))
    leaf: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Moment]
    hidden_at: Mapped[Moment | None]
    hidden_reason: Mapped[Prose | None]
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
