"""The command by which the desk or the administration says that it knows who somebody is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.people.events import PersonIdentified, person_stream
from consultazione.people.models import Person

# Of 0 to 2; the account alone is 0.
IN_PERSON = 2


def identify_person(
    tx: Transaction, *, zone_id: int, person_id: int, table_id: int | None = None
) -> Person:
    """Record that a person showed who they are, to the actor; idempotent.

    table_id: of the table whose desk the actor runs; None for an administrator, and for the
    platform, which takes it from a file of the zone. Locks the person.
    NotFound if there is none; NotAllowed for the actor themselves.
    """
    require(tx.actor, Permission.IDENTIFY_PERSON, zone_id=zone_id, table_id=table_id)
    person = tx.session.get(
        Person, person_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if person is None:
        raise NotFound(_("There is no such person."))
    if person.id == tx.actor.person_id:
        raise NotAllowed(_("Nobody identifies themselves: somebody else has to look at you."))
    if person.assurance < IN_PERSON:
        person.assurance = IN_PERSON
        tx.record(person_stream(person.id), PersonIdentified(person_id=person.id, level=IN_PERSON))
    return person
