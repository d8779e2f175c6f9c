"""Priorities across two cycles: continued, changed, dropped or new."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.memory.events import PriorityLinked, PriorityUnlinked, memory_stream
from consultazione.memory.models import LinkKind, PriorityLink
from consultazione.zones.locking import locked_cycle
from consultazione.zones.models import Cycle, Priority

# Kinds that say that there is nothing on the other side.
_ALONE = frozenset({LinkKind.NEW, LinkKind.DROPPED})


def link_priority(
    tx: Transaction,
    *,
    cycle_id: int,
    earlier_cycle_id: int,
    kind: LinkKind,
    priority_id: int | None = None,
    earlier_id: int | None = None,
    note: str = "",
    demo: bool = False,
) -> PriorityLink:
    """Say what became of a priority from an earlier cycle of the zone to this one.

    A new priority has none before it (`earlier_id`), a dropped one none after (`priority_id`).
    Locks the later cycle FOR UPDATE. NotFound if there is no such cycle; Invalid if a priority
    is missing, too much, or another cycle's; Conflict if the link contradicts one that stands.
    """
    cycle = locked_cycle(tx, cycle_id)
    require(tx.actor, Permission.LINK_PRIORITY, zone_id=cycle.zone_id)
    earlier = tx.session.get(Cycle, earlier_cycle_id)
    if earlier is None or earlier.zone_id != cycle.zone_id or earlier_cycle_id == cycle_id:
        raise NotFound(_("There is no such cycle."))
    if earlier.first_year > cycle.first_year:
        raise Invalid.at("kind", _("Priorities are followed from the earlier cycle to the later."))
    _check_side(tx, "priority_id", priority_id, cycle.id, wanted=kind is not LinkKind.DROPPED)
    _check_side(tx, "earlier_id", earlier_id, earlier.id, wanted=kind is not LinkKind.NEW)
    link = PriorityLink(
        zone_id=cycle.zone_id,
        cycle_id=cycle.id,
        earlier_cycle_id=earlier.id,
        priority_id=priority_id,
        earlier_id=earlier_id,
        kind=kind,
        note=note,
        linked_at=tx.now,
        demo=demo,
    )
    _refuse_contradiction(tx, link)
    tx.session.add(link)
    tx.flush()
    tx.record(memory_stream(cycle.zone_id), _linked(link))
    return link


def unlink_priority(tx: Transaction, *, link_id: int) -> None:
    """Take back what was said of a priority across two cycles; NotFound if nothing was.

    Locks the link FOR UPDATE.
    """
    link = tx.session.get(PriorityLink, link_id, with_for_update=True)
    if link is None:
        raise NotFound(_("There is no such link between priorities."))
    require(tx.actor, Permission.UNLINK_PRIORITY, zone_id=link.zone_id)
    tx.session.delete(link)
    tx.flush()
    tx.record(memory_stream(link.zone_id), PriorityUnlinked(link_id=link_id))


def _check_side(
    tx: Transaction, field: str, priority_id: int | None, cycle_id: int, *, wanted: bool
) -> None:
    """Invalid on the field unless the priority is one of the cycle, or rightly none."""
    if not wanted and priority_id is not None:
        raise Invalid.at(field, _("Leave this open: there is none on this side."))
    if not wanted:
        return
    priority = tx.session.get(Priority, priority_id) if priority_id is not None else None
    if priority is None or priority.cycle_id != cycle_id:
        raise Invalid.at(field, _("Choose a priority of this cycle."))


def _refuse_contradiction(tx: Transaction, link: PriorityLink) -> None:
    """Conflict if the same is said already, or that there is nothing on the other side."""
    same = [
        column == value
        for column, value in (
            (PriorityLink.priority_id, link.priority_id),
            (PriorityLink.earlier_id, link.earlier_id),
        )
        if value is not None
    ]
    pair = (
        PriorityLink.cycle_id == link.cycle_id,
        PriorityLink.earlier_cycle_id == (link.earlier_cycle_id),
    )
    for other in tx.session.scalars(select(PriorityLink).where(*pair, or_(*same))):
        if other.kind in _ALONE or link.kind in _ALONE:
            raise Conflict(_("Something else is said of this priority: take that back first."))
        if (other.priority_id, other.earlier_id) == (link.priority_id, link.earlier_id):
            raise Conflict(_("These two priorities are linked already."))


def _linked(link: PriorityLink) -> PriorityLinked:
    return PriorityLinked(
        link_id=link.id,
        cycle_id=link.cycle_id,
        earlier_cycle_id=link.earlier_cycle_id,
        priority_id=link.priority_id,
        earlier_id=link.earlier_id,
        link_kind=link.kind,
        note=FreeText(link.note),
    )
