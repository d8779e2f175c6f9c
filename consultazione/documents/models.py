"""Tables of the register of documents: one row for each number that was given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose
from consultazione.people.models import Organisation


class RegisterCounter(Base):
    """The last number given in a zone to documents of a kind in a year.

    Its row is locked until the transaction that takes a number ends, so that numbers are in the
    order of commits and a transaction that is rolled back leaves no gap.
    """

    __tablename__ = "register_counter"

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Registration(Base):
    """A frozen document in the register (*repertorio*) of its zone (DPR 445/2000, 53 and 54).

    kind: the name of a kind of document (`documents.kinds`), object_id: of what it is about, as
    the kind says; version: which of its documents. year: in Italy. digest: SHA-256 (hex) of the
    document as it was numbered; redacted_digest: of `content` once an order took words out of it;
    file_digest: of its PDF as it was written, before any seal, if that is stored. content: the
    document itself, where its feature does not keep it. organisation_id: for whom it was
    written, if it is not for everybody. registered_by: None for the platform, and for what was
    numbered when the register was begun.
    """

    __tablename__ = "registered_document"
    __table_args__ = (
        UniqueConstraint("zone_id", "kind", "year", "number"),
        UniqueConstraint("kind", "object_id", "version"),
        Index("ix_registered_document_zone_id_id", "zone_id", "id"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(
            "(annulled_at IS NULL) = (annulled_reason IS NULL)"
            " AND (annulled_by IS NULL OR annulled_at IS NOT NULL)",
            name="annulled",
        ),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    number: Mapped[int]
    object_id: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int]
    digest: Mapped[Line] = mapped_column(index=True)
    redacted_digest: Mapped[Line | None] = mapped_column(index=True)
    file_digest: Mapped[Line | None] = mapped_column(index=True)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    registered_at: Mapped[Moment]
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    annulled_at: Mapped[Moment | None]
    annulled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    annulled_reason: Mapped[Prose | None]

    organisation: Mapped[Organisation | None] = relationship()

    @property
    def reference(self) -> str:
        """Its number as documents cite it: 12/2018."""
        return f"{self.number}/{self.year}"
