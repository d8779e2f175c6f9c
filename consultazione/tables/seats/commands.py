"""Giving a seat back, and withdrawing an organisation from the register.

Both work in the caller's transaction and raise NotAllowed unless the actor holds the permission
of the same name. The second is a command of tables, since it ends what an organisation has at them.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core import revisions
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.people.ending import end_all
from consultazione.people.events import OrganisationWithdrawn
from consultazione.people.models import Organisation
from consultazione.tables.events import SeatGivenBack, table_stream
from consultazione.tables.models import Seat, ThematicTable
from consultazione.tables.seats.kept import SEATS
from consultazione.zones.events import zone_stream


def give_seat_back(
    tx: Transaction, *, table_id: int, organisation_id: int, reason: str
) -> ThematicTable:
    """Take an organisation's seat back, for a reason that everybody can read; returns the table.

    What it did at the table stays. Locks the table FOR UPDATE. NotFound if there is no such
    table, or the organisation has no seat at it.
    """
    table = tx.session.get(ThematicTable, table_id, with_for_update=True)
    if table is None:
        raise NotFound(_("There is no such table."))
    require(tx.actor, Permission.GIVE_SEAT_BACK, zone_id=table.zone_id, table_id=table.id)
    if tx.session.get(Seat, (table.id, organisation_id), populate_existing=True) is None:
        raise NotFound(_("This organisation has no seat at the table any more."))
    _take_back(tx, table.id, organisation_id, reason)
    return table


def withdraw_organisation(tx: Transaction, *, organisation_id: int, reason: str) -> Organisation:
    """Take an organisation out of the register: its mandates end, its seats are given back.

    It stays readable with the reason, and what was done in its name stays. Locks the
    organisation FOR NO KEY UPDATE, then its tables, then its mandates. NotFound if there is none;
    Conflict if it is withdrawn already.
    """
    organisation = tx.session.get(
        Organisation,
        organisation_id,
        with_for_update={"key_share": True},
        populate_existing=True,
    )
    if organisation is None:
        raise NotFound(_("There is no such organisation."))
    require(tx.actor, Permission.WITHDRAW_ORGANISATION, zone_id=organisation.zone_id)
    if organisation.withdrawn_at is not None:
        raise Conflict(_("This organisation is withdrawn already."))
    after = {"withdrawn_at": tx.now, "withdrawn_reason": reason}
    revisions.revise(tx, organisation, reason=reason, after=after)
    tables = _tables_of(tx, organisation.id)
    end_all(tx, organisation.id, reason=reason)
    for table_id in tables:
        _take_back(tx, table_id, organisation.id, reason)
    tx.record(
        zone_stream(organisation.zone_id),
        OrganisationWithdrawn(organisation_id=organisation.id, reason=FreeText(reason)),
    )
    return organisation


def _tables_of(tx: Transaction, organisation_id: int) -> list[int]:
    """The tables at which an organisation sits, locked FOR UPDATE in the order of their ids."""
    seated = select(Seat.table_id).where(Seat.organisation_id == organisation_id)
    tables = select(ThematicTable.id).where(ThematicTable.id.in_(seated))
    return list(tx.session.scalars(tables.order_by(ThematicTable.id).with_for_update()))


def _take_back(tx: Transaction, table_id: int, organisation_id: int, reason: str) -> None:
    tx.session.delete(tx.session.get_one(Seat, (table_id, organisation_id)))
    was, now = {"organisation_id": organisation_id}, {"organisation_id": None}
    revisions.keep(tx, SEATS, table_id, reason=reason, was=was, now=now)
    given_back = SeatGivenBack(
        table_id=table_id, organisation_id=organisation_id, reason=FreeText(reason)
    )
    tx.record(table_stream(table_id), given_back)
