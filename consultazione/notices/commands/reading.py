"""Marking one's notices as read."""

from __future__ import annotations

from sqlalchemy import update

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.notices.models import Notice


def read_notices(tx: Transaction, *, until: int) -> None:
    """Mark the actor's notices as read, up to one that they have seen; idempotent.

    until: its id, so that what was written since the page was made stays unread.
    """
    require(tx.actor, Permission.READ_NOTICES)
    own = Notice.person_id == acting_person(tx.actor)
    unread = (own, Notice.id <= until, Notice.read_at.is_(None))
    tx.session.execute(update(Notice).where(*unread).values(read_at=tx.now))
