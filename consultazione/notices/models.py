"""Tables of notices: what people follow, what they were told, and how they want to be told.

None of it is in the log. What somebody reads and wants to hear of is their own affair, and may say
what they think (GDPR, art. 9): it is no part of the consultation's record, and has to be forgotten
when they want it. So the commands of notices change rows and record nothing.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Day, Id, Line, Moment, enum_text


class SubjectKind(StrEnum):
    """What can be followed."""

    TABLE = "table"
    PROPOSAL = "proposal"
    OUTCOME = "outcome"
    CHAPTER = "chapter"


class Group(StrEnum):
    """What notices are about, as people choose how they are told.

    DISCUSSION: what others say of what one follows. PROPOSALS: what becomes of proposals, up to
    the plan. SITTINGS: when and where they are. DOCUMENTS: minutes and outcomes. TASKS: what one
    is asked for oneself, and one's own roles and mandates.
    """

    DISCUSSION = "discussion"
    PROPOSALS = "proposals"
    SITTINGS = "sittings"
    DOCUMENTS = "documents"
    TASKS = "tasks"


class Channel(StrEnum):
    """How somebody is told: not at all, on the site, or there and by mail, in three ways."""

    NONE = "none"
    SITE = "site"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


MAILED = (Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY)
_WAITS = "mail_id IS NULL AND channel IN ('at_once', 'daily', 'weekly')"


class Follow(Base):
    """Somebody follows something, or does not want to any more: then the row stays.

    So who has stopped following is not made to follow again by what they do next.
    """

    __tablename__ = "follow"
    __table_args__ = (
        Index("ix_follow_subject", "kind", "subject_id", postgresql_where=text("ended_at IS NULL")),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[SubjectKind] = mapped_column(enum_text(SubjectKind), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    since: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class Notice(Base):
    """One person is told of one entry of the log, or reminded once of one day.

    It holds neither text nor names: what it says is composed when it is shown, if its reader may
    read it then. position: the entry; None for a reminder, which has subject_id and due_on in its
    place. topic: in `topics` or `reminders`, what composes it. channel: how the person wanted to be
    told when it was written, or since while it waited for a mail. mail_id: the one mail that tells
    it, whose line in the outbox is deleted before.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "position"),
        UniqueConstraint("person_id", "topic", "subject_id", "due_on"),
        CheckConstraint("(position IS NULL) = (subject_id IS NOT NULL)", name="occasion"),
        CheckConstraint("(subject_id IS NULL) = (due_on IS NULL)", name="reminder"),
        CheckConstraint("channel <> 'none'", name="told"),
        Index("ix_notice_person_id", "person_id", "id"),
        Index("ix_notice_unread", "person_id", postgresql_where=text("read_at IS NULL")),
        Index("ix_notice_waiting", "channel", "made_at", postgresql_where=text(_WAITS)),
        Index("ix_notice_mail_id", "mail_id", postgresql_where=text("mail_id IS NOT NULL")),
        Index("ix_notice_made_at", "made_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    topic: Mapped[Line]
    position: Mapped[int | None] = mapped_column(ForeignKey("log_entry.position"))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    due_on: Mapped[Day | None]
    table_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_table.id"))
    made_at: Mapped[Moment]
    read_at: Mapped[Moment | None]
    channel: Mapped[Channel] = mapped_column(enum_text(Channel))
    mail_id: Mapped[int | None] = mapped_column(BigInteger)


class NoticeSetting(Base):
    """How somebody wants to be told of one group of things, everywhere or at one table."""

    __tablename__ = "notice_setting"
    __table_args__ = (
        UniqueConstraint("person_id", "table_id", "group", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_table.id"))
    group: Mapped[Group] = mapped_column(enum_text(Group))
    channel: Mapped[Channel] = mapped_column(enum_text(Channel))


class UnsubscribeKey(Base):
    """The key that signs the links by which one person stops their mails without signing in."""

    __tablename__ = "unsubscribe_key"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(16))
