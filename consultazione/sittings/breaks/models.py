"""The table of breaks."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Moment, Prose


class Suspension(Base):
    """An interval during which a sitting was suspended, and the reason."""

    __tablename__ = "suspension"
    __table_args__ = (
        Index(
            "uq_suspension_now",
            "sitting_id",
            unique=True,
            postgresql_where="resumed_at IS NULL",
        ),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    reason: Mapped[Prose]
    suspended_at: Mapped[Moment]
    resumed_at: Mapped[Moment | None]
