"""Tables of moderation: rules of the zone, reports, cases, rulings and appeals."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.actor import Role
from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Person


class TextKind(StrEnum):
    """What can be reported."""

    PROPOSAL = "proposal"
    COMMENT = "comment"
    QUESTION = "question"
    STATEMENT = "statement"
    CHAT_MESSAGE = "chat_message"


class Action(StrEnum):
    """What somebody who moderates does with a text."""

    LEAVE = "leave"
    ASK_CHANGE = "ask_change"
    HIDE = "hide"
    ERASE = "erase"


class Signal(StrEnum):
    """Why somebody should look at a text."""

    LINKS = "links"
    FLOOD = "flood"
    COPY = "copy"
    WORDS = "words"


# An erasure cannot be undone, and what is left is no wrong to its author.
OPEN_TO_APPEAL = frozenset({Action.ASK_CHANGE, Action.HIDE})


class Outcome(StrEnum):
    """How an appeal ends."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"


class ZoneRule(Base):
    """A rule for what people write in a zone, beside those that every zone has.

    Never changed, since rulings name it: retired, it is offered no more.
    """

    __tablename__ = "moderation_rule"
    __table_args__ = (Index("ix_moderation_rule_zone_id", "zone_id"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    added_at: Mapped[Moment]
    retired_at: Mapped[Moment | None]


class ModerationSettings(Base):
    """How a zone moderates; a zone without a row has the defaults of `settings.py`.

    appeal_days: how long an author can appeal. review_days: how soon an appeal is decided.
    words: those for which a text is put before somebody, one a line.
    """

    __tablename__ = "moderation_settings"
    __table_args__ = (
        CheckConstraint("appeal_days BETWEEN 1 AND 365", name="appeal_days"),
        CheckConstraint("review_days BETWEEN 1 AND 365", name="review_days"),
    )

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    appeal_days: Mapped[int]
    review_days: Mapped[int]
    words: Mapped[Prose]


class Case(Base):
    """A text that waits for somebody who moderates; a text has one open case at most.

    signals: what the platform found striking about it. settled_at: since when somebody has ruled
    on it.
    """

    __tablename__ = "moderation_case"
    __table_args__ = (
        Index(
            "uq_moderation_case_open", "text_kind", "text_id", unique=True,
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_moderation_case_table_id", "table_id", "opened_at"),
        Index("ix_moderation_case_author_id", "author_id"),
    )  # fmt: skip

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    text_kind: Mapped[TextKind] = mapped_column(enum_text(TextKind))
    text_id: Mapped[int] = mapped_column(BigInteger)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[Moment]
    signals: Mapped[list[str]] = mapped_column(
        ARRAY(String(40)), default=list, server_default=text("'{}'")
    )
    settled_at: Mapped[Moment | None]


class Report(Base):
    """That a person finds a text against a rule; once a person and text.

    rule: the key of one of `rules.py`. told_at: when the outcome was written to them.
    """

    __tablename__ = "text_report"
    __table_args__ = (
        UniqueConstraint("text_kind", "text_id", "person_id"),
        Index("ix_text_report_case_id", "case_id"),
        Index("ix_text_report_person_id", "person_id"),
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    text_kind: Mapped[TextKind] = mapped_column(enum_text(TextKind))
    text_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rule: Mapped[Line]
    words: Mapped[Prose | None]
    at: Mapped[Moment]
    told_at: Mapped[Moment | None]

    case: Mapped[Case] = relationship()


class Ruling(Base):
    """What somebody decided on a text, by which rule and why.

    role: in which they decided. appeal_until: the last day for an appeal, None if there is none.
    undone_reason: why it was taken back. told_at: when it was written to the author.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        Index("ix_ruling_case_id", "case_id"),
        CheckConstraint("action = 'leave' OR rule IS NOT NULL", name="by_a_rule"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason IS NULL)", name="undone"),
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    action: Mapped[Action] = mapped_column(enum_text(Action))
    rule: Mapped[Line | None]
    reason: Mapped[Prose]
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(enum_text(Role))
    decided_at: Mapped[Moment]
    appeal_until: Mapped[Day | None]
    undone_at: Mapped[Moment | None]
    undone_reason: Mapped[Prose | None]
    told_at: Mapped[Moment | None]

    case: Mapped[Case] = relationship()
    judge: Mapped[Person] = relationship()
    appeal: Mapped[Appeal | None] = relationship(back_populates="ruling")


class Appeal(Base):
    """The author asks somebody else to look again at a ruling.

    due_on: by when it is decided. told_at: when the outcome was written to the author.
    """

    __tablename__ = "ruling_appeal"
    __table_args__ = (
        CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (reason IS NULL)",
            name="decided",
        ),
    )

    ruling_id: Mapped[int] = mapped_column(ForeignKey("ruling.id"), primary_key=True)
    words: Mapped[Prose]
    at: Mapped[Moment]
    due_on: Mapped[Day]
    outcome: Mapped[Outcome | None] = mapped_column(enum_text(Outcome))
    reason: Mapped[Prose | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role | None] = mapped_column(enum_text(Role))
    decided_at: Mapped[Moment | None]
    told_at: Mapped[Moment | None]

    ruling: Mapped[Ruling] = relationship(back_populates="appeal")
