"""Files whose bytes were destroyed by order: the digest stays, and nobody is handed them again."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Line, Moment


class ErasedFile(Base):
    """A file that was destroyed by order; the same bytes, sent again, are not handed out either.

    sha256: of its bytes, under which they were stored. order_id, number: the order, and its number
    in its zone.
    """

    __tablename__ = "erased_file"

    sha256: Mapped[Line] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    erased_at: Mapped[Moment]


def erased_file(session: Session, sha256: str) -> ErasedFile | None:
    """What is known of a file that was destroyed by order; None for any other."""
    return session.get(ErasedFile, sha256)
