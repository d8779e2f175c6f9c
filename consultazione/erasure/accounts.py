"""A step of an order: an account is emptied, and nobody signs in with it any more."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.log.order_marks import pseudonym_of
from consultazione.erasure.emptying import empty
from consultazione.erasure.events import PersonErased
from consultazione.people.events import person_stream
from consultazione.people.models import Mandate, Person, RoleGrant
from consultazione.people.reach import get_within_reach


def lock_out_of_office(tx: Transaction, zone_id: int, person_id: int | None) -> Person | None:
    """The account that is to be emptied, locked; None if the order is about no person.

    Conflict if the person has a role or a mandate that counts: what they are called stands in
    registers that others rely on, so these end first. Raises what `get_within_reach` raises.
    """
    if person_id is None:
        return None
    person = get_within_reach(tx, person_id, zone_id)
    role = exists().where(RoleGrant.person_id == person_id)
    mandate = exists().where(Mandate.person_id == person_id, ~Mandate.is_over(tx.now))
    if tx.session.scalar(select(role | mandate)):
        raise Conflict(
            _("This person still has a role or a mandate: end these first, then empty the account.")
        )
    return person


def empty_account(tx: Transaction, person: Person, order_id: int) -> None:
    """Take name, address, password and passkeys out of an account that is locked; its id stays."""
    empty(tx, person, pseudonym_of(person.id))
    tx.record(person_stream(person.id), PersonErased(person_id=person.id, order_id=order_id))
