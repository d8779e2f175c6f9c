"""Queries on passkeys."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.people.passkeys.ceremony import Known
from consultazione.people.passkeys.models import Passkey


def passkeys_of(session: Session, person_id: int) -> list[Passkey]:
    """A person's passkeys, oldest first."""
    query = select(Passkey).filter_by(person_id=person_id).order_by(Passkey.id)
    return list(session.scalars(query))


def known_passkeys(session: Session, person_id: int) -> list[Known]:
    """The same, as the ceremonies take them."""
    return [
        Known(row.id, row.credential_id, row.public_key, row.uses)
        for row in passkeys_of(session, person_id)
    ]
