"""Forgetting what was told long ago, and what accounts followed that are no more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.notices.mail_in.limits import KEPT_FOR, TEXT_KEPT_FOR
from consultazione.notices.mail_in.models import TakenMail
from consultazione.notices.models import Follow, Notice, NoticeSetting, UnsubscribeKey
from consultazione.people.models import Person

LASTS = timedelta(days=365)
_OF_PERSONS = (Follow, Notice, NoticeSetting, UnsubscribeKey, TakenMail)


def forget_notices(tx: Transaction) -> None:
    """Delete the notices of a year ago, and all that is kept of accounts that were erased.

    And mails that came in: their texts if no answer could be sent, and later that they came.
    """
    require(tx.actor, Permission.FORGET_NOTICES)
    tx.session.execute(delete(Notice).where(Notice.made_at < tx.now - LASTS))
    tx.session.execute(delete(TakenMail).where(TakenMail.at < tx.now - KEPT_FOR))
    unsent = TakenMail.reason.is_not(None) & (TakenMail.at < tx.now - TEXT_KEPT_FOR)
    tx.session.execute(update(TakenMail).where(unsent).values(reason=None, body=None))
    erased = select(Person.id).where(Person.email.is_(None))
    for model in _OF_PERSONS:
        tx.session.execute(delete(model).where(model.person_id.in_(erased)))
