"""Deletes mails whose time is over: the files of those that were kept, and the lines of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.config import read_settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail, MailState, forget_settled
from consultazione.people.commands.addresses import VALID_FOR
from consultazione.people.models import Person

REMINDER = "sweep_mail"


def sweep(database: Database, _hour: int) -> bool:
    """Delete what nobody needs any more; True. Idempotent.

    A file goes once its link has expired in any case, and as soon as its person is erased.
    """
    written = list(_written(read_settings().mail_dir))  # before the rows: what is written now stays
    with database.transaction(SYSTEM) as tx:
        forget_settled(tx.session, at=tx.now)
        needed = _needed(tx.session, at=tx.now)
    for mail_id, path in written:
        if mail_id not in needed:
            path.unlink(missing_ok=True)
    return True


def _written(folder: Path) -> Iterator[tuple[int, Path]]:
    """The mails of a folder, by their numbers; with drafts that a power cut has left."""
    for path in folder.iterdir() if folder.is_dir() else ():
        number = path.name.lstrip(".").partition(".")[0]
        if number.isdecimal():
            yield int(number), path


def _needed(session: Session, *, at: datetime) -> set[int]:
    """The mails whose files stay: being written, or kept not long ago for somebody who is here."""
    is_kept = (
        (Mail.state == MailState.KEPT)
        & (Mail.settled_at > at - VALID_FOR)
        & Mail.person_id.in_(select(Person.id).where(Person.email.is_not(None)))
    )
    return set(session.scalars(select(Mail.id).where(or_(Mail.state == MailState.OWED, is_kept))))
