"""The table of documents that are attached to an act or to a gathering."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment, Prose


class Attachment(Base):
    """A public document of exactly one act or gathering; withdrawn with its reason.

    The row of a withdrawn one stays, and its address says that it is gone.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("num_nonnulls(act_id, gathering_id) = 1", name="owner"),
        Index("ix_attachment_act_id", "act_id"),
        Index("ix_attachment_gathering_id", "gathering_id"),
    )

    id: Mapped[Id]
    act_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("act.id"))
    gathering_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("gathering.id"))
    title: Mapped[Line]
    file_name: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[Line]
    uploaded_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
    withdrawn_reason: Mapped[Prose | None]
    demo: Mapped[bool] = mapped_column(default=False)
