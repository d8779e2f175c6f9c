"""Territories: set up, joined by zones, and what a zone lets their coordinator read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.zones.events import (
    TERRITORY_DETAILS,
    DraftsReserved,
    DraftsShared,
    TerritorySetUp,
    ZoneJoinedTerritory,
    territory_stream,
    zone_stream,
)
from consultazione.zones.locking import locked_zone
from consultazione.zones.models import Territory, TerritoryKind, Zone
from consultazione.zones.slugs import check_slug


def set_up_territory(
    tx: Transaction,
    *,
    slug: str,
    name: str,
    kind: TerritoryKind,
    region: str,
    lead_body: str,
    presentation: str = "",
    demo: bool = False,
) -> Territory:
    """Set up a territory without zones, and return it.

    Conflict if the slug is taken; Invalid if it is no name for addresses.
    """
    require(tx.actor, Permission.SET_UP_TERRITORY)
    check_slug(slug)
    territory = Territory(
        slug=slug,
        name=name,
        kind=kind,
        region=region,
        lead_body=lead_body,
        presentation=presentation,
        demo=demo,
        created_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(territory)
    except IntegrityError as error:
        raise Conflict(_("A territory with this address has been set up already.")) from error
    set_up = TerritorySetUp(territory_id=territory.id, details=TERRITORY_DETAILS.of(territory))
    tx.record(territory_stream(territory.id), set_up)
    return territory


def join_territory(tx: Transaction, *, zone_id: int, territory_id: int) -> Zone:
    """Make a zone one of a territory; idempotent.

    Locks the zone FOR UPDATE. NotFound if there is no such zone or territory.
    """
    require(tx.actor, Permission.JOIN_TERRITORY)
    zone = locked_zone(tx, zone_id)
    if tx.session.get(Territory, territory_id) is None:
        raise NotFound(_("There is no such territory."))
    if zone.territory_id != territory_id:
        zone.territory_id, zone.shares_drafts = territory_id, False
        tx.record(zone_stream(zone.id), ZoneJoinedTerritory(territory_id=territory_id))
    return zone


def share_drafts(tx: Transaction, *, zone_id: int) -> Zone:
    """Let the coordinator of the zone's territory read what is still a draft; idempotent.

    Locks the zone FOR UPDATE. NotFound if there is no such zone; Conflict if it belongs to no
    territory.
    """
    require(tx.actor, Permission.SHARE_DRAFTS, zone_id=zone_id)
    zone = locked_zone(tx, zone_id)
    if zone.territory_id is None:
        raise Conflict(_("The zone belongs to no territory: nobody coordinates it with others."))
    if not zone.shares_drafts:
        zone.shares_drafts = True
        tx.record(zone_stream(zone.id), DraftsShared(territory_id=zone.territory_id))
    return zone


def withhold_drafts(tx: Transaction, *, zone_id: int) -> Zone:
    """Keep what is still a draft from the coordinator of the zone's territory; idempotent.

    Locks the zone FOR UPDATE. NotFound if there is no such zone.
    """
    require(tx.actor, Permission.WITHHOLD_DRAFTS, zone_id=zone_id)
    zone = locked_zone(tx, zone_id)
    if zone.shares_drafts:
        zone.shares_drafts = False
        tx.record(zone_stream(zone.id), DraftsReserved(territory_id=zone.territory_id or 0))
    return zone
