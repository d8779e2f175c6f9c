"""Tables of opinion maps: the map, its opinions, their answers, and what was published of them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Document, Id, Line, Moment, Prose, enum_text
from consultazione.tables.models import ThematicTable


class OpinionState(StrEnum):
    """The states of an opinion: proposed, then among those that people answer, or not."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    REFUSED = "refused"


class OpinionMap(Base):
    """What a table's people think of short statements, and which of them think alike.

    closes_at: after this moment nobody answers any more. least_group: fewer people than these are
    never shown as a group. picture: see `mapping.picture`; None until it is drawn, and with too few
    people for ever. drawn_at: when that was done.
    """

    __tablename__ = "opinion_map"
    __table_args__ = (
        CheckConstraint("least_group > 1", name="least_group"),
        CheckConstraint("drawn_at IS NULL OR closed_at IS NOT NULL", name="drawn"),
        CheckConstraint("picture IS NULL OR drawn_at IS NOT NULL", name="picture"),
        Index("ix_opinion_map_table_id", "table_id"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    title: Mapped[Line]
    question: Mapped[Prose]
    least_group: Mapped[int]
    opened_at: Mapped[Moment]
    closes_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    drawn_at: Mapped[Moment | None]
    picture: Mapped[Document | None]
    demo: Mapped[bool] = mapped_column(default=False)

    table: Mapped[ThematicTable] = relationship()
    opinions: Mapped[list[Opinion]] = relationship(order_by="Opinion.number")

    @property
    def is_open(self) -> bool:
        """True until it is closed, also in the minutes after its last moment."""
        return self.closed_at is None


class Opinion(Base):
    """A short statement that one agrees with or not.

    number: among those of the map, in the order in which they were proposed. reason: why it was
    refused, else empty.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("map_id", "number"),
        CheckConstraint("(state = 'refused') = (reason <> '')", name="reason"),
        Index("ix_opinion_author_id", "author_id"),
    )

    id: Mapped[Id]
    map_id: Mapped[int] = mapped_column(ForeignKey("opinion_map.id"))
    number: Mapped[int]
    body: Mapped[Line]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[OpinionState] = mapped_column(enum_text(OpinionState))
    reason: Mapped[Prose] = mapped_column(default="")
    proposed_at: Mapped[Moment]


class OpinionAnswer(Base):
    """What a person thinks of an opinion: 1 they agree, -1 they don't, 0 they pass.

    Deleted when the map is drawn.
    """

    __tablename__ = "opinion_answer"
    __table_args__ = (
        CheckConstraint("value BETWEEN -1 AND 1", name="value"),
        Index("ix_opinion_answer_person_id", "person_id"),
    )

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    value: Mapped[int] = mapped_column(SmallInteger)


class OpinionInput(Base):
    """All answers of a map that was drawn, as CSV: participants are bare numbers, in no order."""

    __tablename__ = "opinion_input"

    map_id: Mapped[int] = mapped_column(ForeignKey("opinion_map.id"), primary_key=True)
    content: Mapped[bytes]
