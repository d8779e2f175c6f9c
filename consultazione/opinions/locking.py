"""What the commands on opinion maps share: locking, permission, and whether answers are taken."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.opinions.models import OpinionMap
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed


def locked_map(tx: Transaction, map_id: int, *, shared: bool = False) -> OpinionMap:
    """An opinion map, locked FOR UPDATE or FOR SHARE; NotFound if there is none."""
    found = tx.session.get(
        OpinionMap, map_id, with_for_update={"read": shared}, populate_existing=True
    )
    if found is None:
        raise NotFound(_("There is no such opinion map."))
    return found


def require_at(tx: Transaction, permission: Permission, opinion_map: OpinionMap) -> None:
    """Raise NotAllowed unless the actor holds the permission at the map's table."""
    table = opinion_map.table
    require(tx.actor, permission, zone_id=table.zone_id, table_id=table.id)


def require_speaking(tx: Transaction, opinion_map: OpinionMap) -> int:
    """The actor's person; NotAllowed for whom the table's rule does not let speak."""
    person_id = acting_person(tx.actor)
    refused = why_not_at(tx.session, opinion_map.table, Deed.SPEAK, person_id, at=tx.now)
    if refused is not None:
        raise NotAllowed(refused)
    return person_id


def require_open(tx: Transaction, opinion_map: OpinionMap) -> None:
    """Conflict unless the map takes answers."""
    if not opinion_map.is_open or opinion_map.closes_at <= tx.now:
        raise Conflict(_("The time for answers is over: the map will be shown here."))
