"""Letters written ahead: those of a batch share what they are written of.

A letter by itself takes twenty statements, and most read the same comment, proposal and phases.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import SYSTEM
from consultazione.core.columns import among
from consultazione.core.db import Database
from consultazione.core.mail.bounces import failing_among
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.italian import speaking
from consultazione.notices.kinds import WRITERS_OF_MANY
from consultazione.notices.letters import Letter
from workers.mail import transport

# What its reader may not read any more goes out no later than so many seconds after.
_FRESH = 5.0
_log = structlog.get_logger()


@dataclass(frozen=True)
class Ahead:
    """Letters by the ids of their mails, and the moment before they were written (monotonic)."""

    letters: Mapping[int, Letter]
    begun: float

    def letter(self, mail_id: int) -> Letter | None:
        """The letter for a mail; None if none was written, or if it is not fresh any more."""
        is_fresh = time.monotonic() - self.begun < _FRESH
        return self.letters.get(mail_id) if is_fresh else None


NONE = Ahead({}, 0.0)


def write_ahead(database: Database, mail_ids: Collection[int], public_url: str) -> Ahead:
    """Write the letters of a batch, of those kinds that can be written together.

    If one of them fails, none is written: then each is by itself, and fails by itself.
    """
    begun = time.monotonic()
    letters: dict[int, Letter] = {}
    try:
        with database.transaction(SYSTEM) as tx:
            for (kind, language), mails in _alike(_deliverable(tx.session, mail_ids)).items():
                with speaking(language):
                    letters.update(WRITERS_OF_MANY[kind](tx, mails, public_url))
    except Exception as error:
        _log.warning("letters failed", error=transport.told(error))
        return NONE
    return Ahead(letters, begun)


def _alike(mails: Iterable[Mail]) -> dict[tuple[str, str], list[Mail]]:
    """Those that can be written together, by kind and language."""
    found: dict[tuple[str, str], list[Mail]] = {}
    for mail in mails:
        if mail.kind in WRITERS_OF_MANY:
            found.setdefault((mail.kind, mail.language), []).append(mail)
    return found


def _deliverable(session: Session, mail_ids: Collection[int]) -> list[Mail]:
    """Without those to accounts where mails do not arrive any more."""
    query = select(Mail).where(among(Mail.id, mail_ids), Mail.state == MailState.OWED)
    mails = session.scalars(query.order_by(Mail.id)).all()
    gone = failing_among(session, {mail.person_id for mail in mails if mail.person_id is not None})
    return [mail for mail in mails if mail.person_id not in gone]
