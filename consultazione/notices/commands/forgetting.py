"""Forgetting what was told long ago, and what accounts followed that are no more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.notices.models import Follow, Notice, NoticeSetting, UnsubscribeKey
from consultazione.people.models import Person

LASTS = timedelta(days=365)
_OF_PERSONS = (Follow, Notice, NoticeSetting, UnsubscribeKey)


def forget_notices(tx: Transaction) -> None:
    """Delete the notices of a year ago, and all that is kept of accounts that were erased."""
    require(tx.actor, Permission.FORGET_NOTICES)
    tx.session.execute(delete(Notice).where(Notice.made_at < tx.now - LASTS))
    erased = select(Person.id).where(Person.email.is_(None))
    for model in _OF_PERSONS:
        tx.session.execute(delete(model).where(model.person_id.in_(erased)))
