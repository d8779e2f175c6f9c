"""The table of orders by which personal data was erased."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Day, Id, Line, Moment, enum_text
from consultazione.core.log import Xid8


class Ground(StrEnum):
    """On which ground personal data is erased."""

    # Regulation (EU) 2016/679, art. 17.
    RIGHT_TO_ERASURE = "right_to_erasure"
    COURT = "court"
    # The Italian supervisory authority: art. 58(2)(g) of the same regulation.
    GARANTE = "garante"
    APPEAL = "appeal"


class ErasureOrder(Base):
    """An order that was carried out; it never holds the data that it erased.

    number: counted in the zone, without gaps; what was erased shows it. reference, decided_on: of
    the act that orders it. asked_on: the day on which the person asked for it, if they did.
    person_id: the account that was emptied. texts, entries, documents: how many texts of tables
    and entries of the log lost words, how many sealed documents got a new edition and how many
    files were destroyed.
    """

    __tablename__ = "erasure_order"
    __table_args__ = (
        UniqueConstraint("zone_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("asked_on IS NULL OR asked_on <= decided_on", name="asked"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    number: Mapped[int]
    ground: Mapped[Ground] = mapped_column(enum_text(Ground))
    reference: Mapped[Line]
    decided_on: Mapped[Day]
    asked_on: Mapped[Day | None]
    made_at: Mapped[Moment]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    texts: Mapped[int]
    entries: Mapped[int]
    documents: Mapped[int]
    files: Mapped[int]
    # The transaction that carried it out: it alone may take words out of kept versions.
    xid: Mapped[int] = mapped_column(Xid8, server_default=func.pg_current_xact_id())
