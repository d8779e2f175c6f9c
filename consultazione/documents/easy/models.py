"""The table of easy-to-read summaries."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose
from consultazione.people.models import Person


class EasySummary(Base):
    """A document in easy language, written by a person for readers, beside the document itself.

    subject, object_id: the kind of document (`easy.subjects`) and its id. digest: SHA-256 (hex) of
    the document for which it was written; if the document has another by now, the summary is
    stale. version: how often it was written. withdrawn_at: since when nobody is shown it.
    """

    __tablename__ = "easy_summary"
    __table_args__ = (
        UniqueConstraint("subject", "object_id"),
        Index("ix_easy_summary_zone_id_id", "zone_id", "id"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    subject: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[Prose]
    digest: Mapped[Line]
    version: Mapped[int]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]

    writer: Mapped[Person] = relationship()
