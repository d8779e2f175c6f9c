"""Links into an account end when it is blocked, or its password or its address changes."""

from __future__ import annotations

from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.people.events import PasswordLinkWithdrawn, person_stream
from consultazione.people.models import AddressLink, PasswordLink


def withdraw_links(tx: Transaction, person_id: int) -> None:
    """Withdraw a person's open links, for the password and for an address. Idempotent; checks no
    permission. The caller has locked the account.
    """
    tx.session.execute(delete(AddressLink).where(AddressLink.person_id == person_id))
    query = delete(PasswordLink).where(PasswordLink.person_id == person_id)
    for link_id, expires_at in tx.session.execute(
        query.returning(PasswordLink.id, PasswordLink.expires_at)
    ).all():
        if expires_at > tx.now:
            event = PasswordLinkWithdrawn(link_id=link_id, person_id=person_id)
            tx.record(person_stream(person_id), event)
