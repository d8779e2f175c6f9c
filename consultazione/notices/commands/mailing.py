"""Owing the mails of notices: each notice is put into one mail, and never into another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.columns import among
from consultazione.core.db import Transaction
from consultazione.core.mail.outbox import Mail, owe_many
from consultazione.core.permissions import Permission, require
from consultazione.notices.models import Channel, Notice, UnsubscribeKey
from consultazione.notices.schedule import due_before
from consultazione.people.models import Person

KIND = "notices"
# How many people get their mail in one transaction; the others do in the next.
MOST_PEOPLE = 2000


def owe_notice_mails(tx: Transaction) -> int:
    """Owe a mail to each person for whom notices are due, and return how many. Idempotent.

    The notices and the mail that tells them are tied in one transaction, so that a crash leaves
    them either waiting still, or in that mail alone. Locks the notices FOR UPDATE, without those
    that somebody else has in hand.
    """
    require(tx.actor, Permission.OWE_NOTICE_MAILS)
    return sum(_owe(tx, channel, before) for channel, before in due_before(tx.now))


def _owe(tx: Transaction, channel: Channel, before: datetime) -> int:
    waits = (Notice.channel == channel, Notice.mail_id.is_(None), Notice.made_at < before)
    people = select(Notice.person_id).where(*waits).distinct().limit(MOST_PEOPLE).subquery()
    query = (
        select(Notice.id, Notice.person_id)
        .where(*waits, Notice.person_id.in_(select(people.c.person_id)))
        .order_by(Notice.id)
        .with_for_update(skip_locked=True)
    )
    taken = dict(iter(tx.session.execute(query)))
    persons = sorted(set(taken.values()))
    if not persons:
        return 0
    _give_keys(tx, persons)
    languages = select(Person.id, Person.language).where(among(Person.id, persons))
    mails = owe_many(tx, KIND, dict(iter(tx.session.execute(languages))))
    tx.session.execute(
        update(Notice)
        .where(among(Notice.id, taken), Mail.person_id == Notice.person_id, among(Mail.id, mails))
        .values(mail_id=Mail.id)
        .execution_options(synchronize_session=False)
    )
    return len(persons)


def _give_keys(tx: Transaction, persons: list[int]) -> None:
    """Give a key to each person who has none: 122 random bits of PostgreSQL's strong source."""
    drawn = select(Person.id, func.uuid_send(func.gen_random_uuid())).where(
        among(Person.id, persons)
    )
    statement = insert(UnsubscribeKey).from_select(["person_id", "key"], drawn)
    tx.session.execute(statement.on_conflict_do_nothing())
