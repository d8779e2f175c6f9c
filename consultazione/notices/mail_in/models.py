"""Mails that came in, so that each is taken once and nobody is flooded."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Digest, Id, Moment, Prose


class TakenMail(Base):
    """A mail that came in and was settled: as a comment, by an answer, or as a bounce.

    mail_key: a digest of its Message-ID and of the address that it came to. sender_key: a keyed
    digest of who wrote it. mail_id: the mail that answers it, if one does. reason, body: why
    nothing came of it, and what it said, until that mail has gone out; a text that was published is
    not here. comment_id: the comment that it became. has_files: attachments were left out.
    """

    __tablename__ = "taken_mail"
    __table_args__ = (
        UniqueConstraint("mail_key"),
        CheckConstraint("body IS NULL OR mail_id IS NOT NULL", name="answered"),
        Index("ix_taken_mail_sender", "sender_key", "at"),
        Index("ix_taken_mail_mail_id", "mail_id", postgresql_where=text("mail_id IS NOT NULL")),
        Index("ix_taken_mail_at", "at"),
    )

    id: Mapped[Id]
    mail_key: Mapped[Digest]
    sender_key: Mapped[Digest]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    mail_id: Mapped[int | None] = mapped_column(BigInteger)
    comment_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[Prose | None]
    body: Mapped[Prose | None]
    has_files: Mapped[bool] = mapped_column(default=False, server_default=false())
