"""Tables at which texts wait, and the texts that do."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.tables.models import ThematicTable


class HeldKind(StrEnum):
    """What can wait."""

    PROPOSAL = "proposal"
    COMMENT = "comment"


class HeldState(StrEnum):
    """What has become of a text that waited."""

    WAITING = "waiting"
    RELEASED = "released"
    TURNED_DOWN = "turned_down"


class ReadFirst(Base):
    """A table at which texts wait until somebody who moderates has read them."""

    __tablename__ = "read_first"

    table_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("thematic_table.id"), primary_key=True
    )
    since: Mapped[Moment]


class HeldText(Base):
    """A text that waits, and is not yet what it shall become: no list, search or feed can show it.

    content: what its form said, as the command takes it; forgotten once it is settled. reason: why
    it was turned down. told_at: when that was written to its author.
    """

    __tablename__ = "held_text"
    __table_args__ = (
        Index("ix_held_text_table_id", "table_id", postgresql_where="state = 'waiting'"),
        Index("ix_held_text_author_id", "author_id"),
        CheckConstraint("(state = 'waiting') = (content IS NOT NULL)", name="content"),
        CheckConstraint("(state = 'turned_down') = (reason IS NOT NULL)", name="reason"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[HeldKind] = mapped_column(enum_text(HeldKind))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    held_at: Mapped[Moment]
    state: Mapped[HeldState] = mapped_column(enum_text(HeldState), default=HeldState.WAITING)
    reason: Mapped[Prose | None]
    settled_at: Mapped[Moment | None]
    told_at: Mapped[Moment | None]

    table: Mapped[ThematicTable] = relationship()
