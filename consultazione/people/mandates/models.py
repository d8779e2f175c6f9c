"""Documents of mandates, and which reminders of their end went out."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment, enum_text


class Proves(StrEnum):
    """What a document of a mandate proves."""

    GIVEN = "given"
    ENDED = "ended"


class MandateDocument(Base):
    """The act by which a mandate was given or ended, as a file."""

    __tablename__ = "mandate_document"
    __table_args__ = (Index("ix_mandate_document_mandate_id", "mandate_id"),)

    id: Mapped[Id]
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    proves: Mapped[Proves] = mapped_column(enum_text(Proves))
    file_name: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[Line]
    added_at: Mapped[Moment]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class MandateReminder(Base):
    """That a delegate was reminded, so many days before the last one of their mandate."""

    __tablename__ = "mandate_reminder"

    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"), primary_key=True)
    days: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    at: Mapped[Moment]
