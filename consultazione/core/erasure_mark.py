"""A number that moves on whenever words that stand already are erased or changed.

It moves on too when somebody counts otherwise than before wherever they are: when they are
identified, or when a mandate of theirs ends.

Whoever keeps what pages show (`web/public_cache.py`) reads it with the same snapshot as the
numbers of the streams: an erased text or another name is then never shown from what was kept.
Triggers of the database move it on, so that no command can forget to (migrations 0017 and
0045 say on which tables). One row, or none before the first change.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base


class ErasureMark(Base):
    """The only row holds how often something was erased or renamed."""

    __tablename__ = "erasure_mark"
    __table_args__ = (CheckConstraint("single", name="single"),)

    single: Mapped[bool] = mapped_column(primary_key=True, server_default=true())
    number: Mapped[int] = mapped_column(BigInteger)


def read_mark(session: Session) -> int:
    """Return how often words have been erased or changed; 0 if they never were."""
    return session.scalar(select(ErasureMark.number)) or 0
