"""Coordinators of territories: appointed and dismissed by the platform."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.people.events import CoordinatorAppointed, CoordinatorDismissed
from consultazione.people.models import TerritoryCoordinator
from consultazione.people.queries import person_by_email
from consultazione.zones.events import territory_stream
from consultazione.zones.models import Territory


def appoint_coordinator(tx: Transaction, *, territory_id: int, email: str) -> TerritoryCoordinator:
    """Make a person a coordinator of a territory, who reads its zones and edits none.

    NotFound if there is no such territory; Invalid if the address has no account; Conflict if
    the person coordinates it already.
    """
    require(tx.actor, Permission.APPOINT_COORDINATOR)
    if tx.session.get(Territory, territory_id) is None:
        raise NotFound(_("There is no such territory."))
    person = person_by_email(tx.session, email)
    row = TerritoryCoordinator(person_id=person.id, territory_id=territory_id, since=tx.now)
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError as error:
        raise Conflict(_("This person coordinates the territory already.")) from error
    event = CoordinatorAppointed(person_id=person.id, territory_id=territory_id)
    tx.record(territory_stream(territory_id), event)
    return row


def dismiss_coordinator(tx: Transaction, *, territory_id: int, person_id: int) -> None:
    """Take the coordination of a territory back from a person; it counts at once.

    Locks the row FOR UPDATE. NotFound if the person does not coordinate it.
    """
    require(tx.actor, Permission.DISMISS_COORDINATOR)
    key = {"person_id": person_id, "territory_id": territory_id}
    row = tx.session.get(TerritoryCoordinator, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("Nobody holds this role any more."))
    event = CoordinatorDismissed(person_id=person_id, territory_id=territory_id)
    tx.record(territory_stream(territory_id), event)
    tx.session.delete(row)
