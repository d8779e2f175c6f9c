"""The tables of the log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from consultazione.core.columns import Base, Digest, Document, Line, Moment

# The family of an entry's stream, as the index has it; a query must say it in these words.
FAMILY = "split_part(stream, ':', 1)"


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class Stream(Base):
    """The head of one stream: its last number and digest."""

    __tablename__ = "log_stream"

    name: Mapped[Line] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[Digest]


class EntryRow(Base):
    """One entry as stored."""

    __tablename__ = "log_entry"
    __table_args__ = (
        UniqueConstraint("stream", "number"),
        Index("ix_log_entry_stream_kind", "stream", "kind", "position"),
        Index("ix_log_entry_stream_position", "stream", "position"),
        Index("ix_log_entry_family", text(FAMILY), "position"),
    )

    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8, server_default=func.pg_current_xact_id())
    stream: Mapped[Line]
    number: Mapped[int]
    kind: Mapped[Line]
    data: Mapped[Document]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[Moment]
    salt: Mapped[bytes]
    digest: Mapped[Digest]
    prev_digest: Mapped[Digest]


class TextRow(Base):
    """A free text of an entry, sealed with its salt; `sealed` is empty once it is erased.

    leaf: names the key of this text alone, in `core.text_keys`.
    """

    __tablename__ = "log_text"
    __table_args__ = (
        UniqueConstraint("leaf"),
        Index("ix_log_text_erased", "leaf", postgresql_where=text("sealed IS NULL")),
    )

    position: Mapped[int] = mapped_column(ForeignKey("log_entry.position"), primary_key=True)
    field: Mapped[Line] = mapped_column(primary_key=True)
    leaf: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[bytes | None]
