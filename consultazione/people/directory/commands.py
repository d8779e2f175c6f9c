"""Correcting what a person is called, by an administrator and for a reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.directory.events import NameCorrected
from consultazione.people.events import person_stream
from consultazione.people.models import Person
from consultazione.people.own_data.names import check_own_name
from consultazione.people.own_data.naming import rename
from consultazione.people.reach import get_within_reach


def rename_person(
    tx: Transaction, *, zone_id: int, person_id: int, display_name: str, reason: str
) -> Person:
    """Correct what a person is called; they are told by mail, with the reason on their page.

    Locks the account FOR NO KEY UPDATE. Conflict for one's own account; Invalid if it is the
    present name, or one of an office; raises what `get_within_reach` raises.
    """
    require(tx.actor, Permission.RENAME_PERSON, zone_id=zone_id)
    if person_id == tx.actor.person_id:
        raise Conflict(_("Change your own name on the page of your profile."))
    person = get_within_reach(tx, person_id, zone_id)
    check_own_name(display_name)
    if display_name == person.display_name:
        raise Invalid.at("display_name", _("This is the name already: write another."))
    rename(tx, person, display_name, reason=reason)
    event = NameCorrected(person_id=person.id, reason=FreeText(reason))
    tx.record(person_stream(person.id), event)
    owe(tx, "name_corrected", person_id=person.id, language=person.language)
    return person
