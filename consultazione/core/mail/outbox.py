"""The outbox of mail: which mails are owed to whom, and what became of each.

A command owes a mail in its own transaction, so that a mail is sent if and only if what it tells
of was committed. What it says is written when it is sent, so the outbox holds neither subject nor
text, and no secret of a link. The dispatcher has each delivered by a worker (`workers/mail`).

An attempt is counted and committed before it begins, and settled in the transaction in which the
mail was handed over; until then its row is locked. A mail is so sent once, unless the process or
the database fails between the server's "250" and the commit: then it is sent again, under the
same Message-ID.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    delete,
    exists,
    false,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment, enum_text
from consultazione.core.db import Transaction

# 30 seconds, 1, 2, 4 ... minutes, an hour at most: about seven hours in all (RFC 5321, 4.5.4.1,
# has servers try for days, but the links in these mails are soon asked for again).
MOST_ATTEMPTS = 14
_FIRST_DELAY = timedelta(seconds=30)
_LONGEST_DELAY = timedelta(hours=1)
# An attempt that was enqueued comes back after this, unless it is settled or under way.
_LEASE = timedelta(minutes=2)
# Due later than any delay leads to: the clock has been set back since.
_NEVER_LATER = 2 * _LONGEST_DELAY
# How long the page of mails tells what became of one.
_LINES_LAST = timedelta(days=90)


class MailState(StrEnum):
    """What has become of a mail: SENT to the server; KEPT as a file; FAILED for good;
    DROPPED since there was nobody to write to, or nothing to say any more.
    """

    OWED = "owed"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"
    DROPPED = "dropped"


class Mail(Base):
    """A mail to one person, or to an address that may be nobody's.

    kind: of `notices.letters`. address: where it goes, if not to the address that the person has
    when it is sent; forgotten once it is settled. language: `it` or `en`. error: the class and
    the code of the last failure, never the words of a server, which repeat addresses. bulk: one of
    many that are owed at once; they are delivered one after the other over one connection.
    """

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_due", "bulk", "due_at", postgresql_where="state = 'owed'"),
        Index("ix_mail_person_id", "person_id"),
        CheckConstraint("state = 'owed' OR address IS NULL", name="forgotten"),
    )

    id: Mapped[Id]
    kind: Mapped[Line]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    address: Mapped[Line | None]
    language: Mapped[str] = mapped_column(String(2))
    owed_at: Mapped[Moment]
    state: Mapped[MailState] = mapped_column(enum_text(MailState), default=MailState.OWED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
    error: Mapped[Line | None]
    bulk: Mapped[bool] = mapped_column(default=False, server_default=false())


def owe(
    tx: Transaction,
    kind: str,
    *,
    person_id: int | None = None,
    address: str | None = None,
    language: str = "it",
) -> Mail:
    """Owe a mail of a kind, to be sent after the commit.

    Give the person, the address, or both: then it goes to the address, about the person.
    """
    mail = Mail(
        kind=kind,
        person_id=person_id,
        address=address,
        language=language,
        owed_at=tx.now,
        due_at=tx.now,
    )
    tx.session.add(mail)
    return mail


def owe_many(tx: Transaction, kind: str, languages: Mapping[int, str]) -> list[int]:
    """Owe one mail of a kind to each of many persons, and return the ids of the mails.

    languages: in which each is written to, by person id. They go to the persons' own addresses.
    """
    common = {"kind": kind, "owed_at": tx.now, "due_at": tx.now, "bulk": True, "attempts": 0}
    rows = [
        {"person_id": person_id, "language": language, "state": MailState.OWED, **common}
        for person_id, language in languages.items()
    ]
    return list(tx.session.scalars(insert(Mail).returning(Mail.id), rows)) if rows else []


def lease_due(session: Session, *, at: datetime, limit: int = 100) -> list[Mail]:
    """The oldest mails that are due and that no worker has in hand, leased to the caller.

    Without those in bulk. Locks their rows, skipping those that are locked; to be committed before
    they are enqueued.
    """
    return _lease(session, Mail.bulk.is_(False), at=at, limit=limit)


def is_bulk_due(session: Session, *, at: datetime) -> bool:
    """Whether there are mails in bulk that nobody has in hand."""
    return bool(session.scalar(select(exists().where(Mail.bulk, *_is_due(at)))))


def begin_bulk(session: Session, *, at: datetime, limit: int) -> list[int]:
    """Count an attempt for some mails in bulk that are due, as `begin` does for one; their ids.

    To be committed before the attempts are made, which is to be within the lease.
    """
    begun = []
    for mail in _lease(session, Mail.bulk.is_(True), at=at, limit=limit):
        if mail.attempts >= MOST_ATTEMPTS:  # the last attempt took its process down
            settle(mail, MailState.FAILED, at=at)
        else:
            mail.attempts += 1
            begun.append(mail.id)
    return begun


def _lease(session: Session, which: ColumnElement[bool], *, at: datetime, limit: int) -> list[Mail]:
    due = list(
        session.scalars(
            select(Mail)
            .where(which, *_is_due(at))
            .order_by(Mail.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    for mail in due:
        mail.due_at = at + _LEASE
    return due


def _is_due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    when = or_(Mail.due_at <= at, Mail.due_at > at + _NEVER_LATER)
    return Mail.state == MailState.OWED, when


def begin(session: Session, mail_id: int, *, at: datetime) -> bool:
    """Count an attempt, to be committed before it is made; False if there is none to make."""
    mail = claim(session, mail_id)
    if mail is None:
        return False
    if mail.attempts >= MOST_ATTEMPTS:  # the last attempt took its process down
        settle(mail, MailState.FAILED, at=at)
        return False
    mail.attempts += 1
    mail.due_at = at + _LEASE
    return True


def claim(session: Session, mail_id: int) -> Mail | None:
    """A mail that is owed, its row locked; None if it is settled, or if a worker has it in hand."""
    return session.scalar(
        select(Mail)
        .where(Mail.id == mail_id, Mail.state == MailState.OWED)
        .with_for_update(skip_locked=True)
    )


def settle(mail: Mail, state: MailState, *, at: datetime) -> None:
    """Note what has become of a claimed mail, and forget its address."""
    mail.state, mail.settled_at, mail.address = state, at, None


def fail(mail: Mail, error: str, *, at: datetime, for_good: bool) -> None:
    """Note a failed attempt: the mail is due again later, or given up.

    for_good: True if no other attempt can succeed.
    """
    mail.error = error[:300]
    if for_good or mail.attempts >= MOST_ATTEMPTS:
        settle(mail, MailState.FAILED, at=at)
    else:
        mail.due_at = at + min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (mail.attempts - 1))


def forget_settled(session: Session, *, at: datetime) -> None:
    """Delete the lines of mails that were settled long ago."""
    session.execute(delete(Mail).where(Mail.settled_at < at - _LINES_LAST))


def newest(session: Session, *, before: int | None = None, limit: int) -> list[Mail]:
    """The newest mails first; only those before a mail, if given."""
    query = select(Mail).order_by(Mail.id.desc()).limit(limit)
    return list(session.scalars(query if before is None else query.where(Mail.id < before)))
