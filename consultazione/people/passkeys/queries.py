"""Queries on passkeys."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.people.passkeys.ceremony import Known, credential_in
from consultazione.people.passkeys.models import Passkey


def passkeys_of(session: Session, person_id: int) -> list[Passkey]:
    """A person's passkeys, oldest first."""
    query = select(Passkey).filter_by(person_id=person_id).order_by(Passkey.id)
    return list(session.scalars(query))


def known_passkeys(session: Session, person_id: int) -> list[Known]:
    """The same, as the ceremonies take them."""
    return known(passkeys_of(session, person_id))


def known(passkeys: Iterable[Passkey]) -> list[Known]:
    """Passkeys as the ceremonies take them."""
    return [Known(row.id, row.credential_id, row.public_key, row.uses) for row in passkeys]


def known_by_answer(session: Session, answer: str) -> list[Known]:
    """The passkey that a browser's answer names, whosever it is; none if it names none."""
    credential_id = credential_in(answer)
    if credential_id is None:
        return []
    return known(session.scalars(select(Passkey).filter_by(credential_id=credential_id)))
