"""Making and revoking the private address of one's calendar."""

from __future__ import annotations

from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.events import person_stream
from consultazione.people.models import Person
from consultazione.people.secret_tokens import digest_of, new_key
from consultazione.site.calendars.events import CalendarAddressMade, CalendarAddressRevoked
from consultazione.site.calendars.models import CalendarAddress


def make_calendar_address(tx: Transaction) -> str:
    """Make a secret for the address of the actor's calendar, and return it; an earlier one ends.

    It can be read this once: only its digest is kept. Locks the person FOR UPDATE.
    """
    require(tx.actor, Permission.MAKE_CALENDAR_ADDRESS)
    person_id = _lock_actor(tx)
    _forget(tx, person_id)
    key = new_key()
    row = CalendarAddress(person_id=person_id, token_digest=digest_of(key), made_at=tx.now)
    tx.session.add(row)
    tx.record(person_stream(person_id), CalendarAddressMade(person_id=person_id))
    return key


def revoke_calendar_address(tx: Transaction) -> None:
    """End the private address of the actor's calendar; nothing happens if there is none.

    Locks the person FOR UPDATE.
    """
    require(tx.actor, Permission.REVOKE_CALENDAR_ADDRESS)
    person_id = _lock_actor(tx)
    if _forget(tx, person_id):
        tx.record(person_stream(person_id), CalendarAddressRevoked(person_id=person_id))


def _lock_actor(tx: Transaction) -> int:
    person_id = acting_person(tx.actor)
    tx.session.get_one(Person, person_id, with_for_update=True)
    return person_id


def _forget(tx: Transaction, person_id: int) -> bool:
    gone = delete(CalendarAddress).filter_by(person_id=person_id).returning(CalendarAddress.id)
    return tx.session.scalar(gone) is not None
