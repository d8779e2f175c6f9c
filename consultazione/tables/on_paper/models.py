"""The table of texts that came on paper."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, enum_text
from consultazione.people.models import Person
from consultazione.tables.holding.models import HeldKind
from consultazione.tables.models import ThematicTable


class PaperText(Base):
    """A proposal or a comment that came on paper; its id is the number of the receipt.

    person_id: as whom it speaks, an account of its own, into which nobody signs in and whose name
    says that the office has entered the text. entered_by: who has typed it. received_on,
    received_at: when and where it was handed over. code: what the receipt has for the address at
    which one reads what became of it.
    """

    __tablename__ = "paper_text"
    __table_args__ = (Index("ix_paper_text_table_id", "table_id"),)

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    entered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[HeldKind] = mapped_column(enum_text(HeldKind))
    received_on: Mapped[Day]
    received_at: Mapped[Line]
    code: Mapped[Line] = mapped_column(unique=True)
    entered_at: Mapped[Moment]

    table: Mapped[ThematicTable] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
