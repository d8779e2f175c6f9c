"""Commands on tables: setting one up, seating an organisation, publishing material.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the
permission of the same name, and records one event in the table's stream.
"""

from __future__ import annotations

from dataclasses import asdict

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.core.permissions import Permission, require
from consultazione.people.models import Organisation
from consultazione.tables.events import (
    TABLE_DETAILS,
    MaterialPublished,
    SeatTaken,
    TableSetUp,
    table_stream,
)
from consultazione.tables.models import Material, Seat, TableKind, ThematicTable
from consultazione.tables.queries import default_rule
from consultazione.tables.rules import TableRule
from consultazione.tables.working import require_working
from consultazione.zones.locking import locked_cycle
from consultazione.zones.slugs import check_slug, slug_of


def set_up_table(
    tx: Transaction,
    *,
    cycle_id: int,
    name: str,
    kind: TableKind,
    remit: str,
    coordinator: str | None = None,
    slug: str | None = None,
    rule: TableRule | None = None,
) -> ThematicTable:
    """Set up a table as the last of its cycle, and return it.

    Locks the cycle FOR UPDATE, so that ranks are unique. slug: the table's name in its
    address; derived from the name if None. rule: who may do what; None for the rule that the zone
    gives to tables of this kind. NotFound if there is no such cycle; Conflict if the
    name or the slug is taken; Invalid if the slug is no name for addresses.
    """
    cycle = locked_cycle(tx, cycle_id)
    require(tx.actor, Permission.SET_UP_TABLE, zone_id=cycle.zone_id)
    if slug is not None:
        check_slug(slug)
    rule = rule or default_rule(tx.session, cycle.zone_id, kind)
    table = ThematicTable(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        slug=slug or slug_of(name, "tavolo"),
        rank=_next_rank(tx, cycle.id),
        name=name,
        kind=kind,
        remit=remit,
        coordinator=coordinator or None,
        rule=asdict(rule),
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(table)
    except IntegrityError as error:
        raise Conflict(_("There is a table of this name: choose another.")) from error
    tx.record(
        table_stream(table.id),
        TableSetUp(
            table_id=table.id,
            zone_id=cycle.zone_id,
            table_kind=kind,
            details=TABLE_DETAILS.of(table),
            **asdict(rule),
        ),
    )
    return table


def take_seat(tx: Transaction, *, table_id: int, organisation_id: int) -> Seat:
    """Give an organisation of the zone's register a seat at a table. Idempotent.

    Locks the organisation FOR SHARE and the table FOR UPDATE. NotFound if there is no such
    table, or no such organisation in its zone; Invalid on `organisation_id` if it is withdrawn;
    Conflict if the table is closed.
    """
    organisation = tx.session.get(Organisation, organisation_id, with_for_update={"read": True})
    table = tx.session.get(ThematicTable, table_id, with_for_update=True)
    if table is None or organisation is None or organisation.zone_id != table.zone_id:
        raise NotFound(_("There is no such table, or no such organisation in its zone."))
    require(tx.actor, Permission.TAKE_SEAT, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    if organisation.withdrawn_at is not None:
        raise Invalid.at("organisation_id", _("This organisation is withdrawn: choose another."))
    seat = tx.session.get(Seat, (table.id, organisation.id))
    if seat is None:
        seat = Seat(table_id=table.id, organisation_id=organisation.id)
        tx.session.add(seat)
        tx.record(
            table_stream(table.id), SeatTaken(table_id=table.id, organisation_id=organisation.id)
        )
    return seat


def publish_material(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    file: StoredFile,
    sitting_id: int | None = None,
    demo: bool = False,
) -> Material:
    """Publish a stored file as a document of a table, or of one of its sittings.

    NotFound if there is no such table; Invalid on `sitting_id` if the sitting is another
    table's or a rehearsal.
    """
    table = tx.session.get(ThematicTable, table_id)
    if table is None:
        raise NotFound(_("There is no such table."))
    require(tx.actor, Permission.PUBLISH_MATERIAL, zone_id=table.zone_id, table_id=table.id)
    if sitting_id is not None and sitting_id >= EPHEMERAL_FROM:
        raise Invalid.at("sitting_id", _("Choose a sitting of this table."))
    material = Material(
        table_id=table.id,
        sitting_id=sitting_id,
        title=title,
        file_name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        uploaded_at=tx.now,
        demo=demo,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(material)
    except IntegrityError as error:  # the sitting belongs to another table
        raise Invalid.at("sitting_id", _("Choose a sitting of this table.")) from error
    tx.record(table_stream(table.id), _published(material))
    return material


def _published(material: Material) -> MaterialPublished:
    return MaterialPublished(
        material_id=material.id,
        table_id=material.table_id,
        sitting_id=material.sitting_id,
        title=FreeText(material.title),
        sha256=material.sha256,
    )


def _next_rank(tx: Transaction, cycle_id: int) -> int:
    highest = select(func.max(ThematicTable.rank)).where(ThematicTable.cycle_id == cycle_id)
    return (tx.session.scalar(highest) or 0) + 1
