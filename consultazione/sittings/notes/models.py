"""State of what is written down in a sitting."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment, Prose

# Characters.
LONGEST_NOTE = 10_000
LONGEST_PHRASE = 300


class RunningNote(Base):
    """What who presides writes down on a point while it is dealt with, one text a point.

    version: how often it was written, so that nobody overwrites what they have not read.
    """

    __tablename__ = "running_note"

    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"), primary_key=True)
    body: Mapped[Prose]
    version: Mapped[int]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[Moment]


class StockPhrase(Base):
    """A sentence that the minutes of a table often say."""

    __tablename__ = "stock_phrase"
    __table_args__ = (UniqueConstraint("table_id", "body"),)

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    body: Mapped[Line]
