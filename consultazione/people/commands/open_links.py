"""Links for a forgotten password end when their account is blocked, or its password changes."""

from __future__ import annotations

from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.people.events import PasswordLinkWithdrawn, person_stream
from consultazione.people.models import PasswordLink


def withdraw_links(tx: Transaction, person_id: int) -> None:
    """Withdraw a person's open links. Idempotent; checks no permission.

    The caller has locked the account.
    """
    query = delete(PasswordLink).where(PasswordLink.person_id == person_id)
    for link_id, expires_at in tx.session.execute(
        query.returning(PasswordLink.id, PasswordLink.expires_at)
    ).all():
        if expires_at > tx.now:
            event = PasswordLinkWithdrawn(link_id=link_id, person_id=person_id)
            tx.record(person_stream(person_id), event)
