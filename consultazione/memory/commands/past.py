"""Past cycles: entering one that the platform did not see, and the priorities that it had."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.memory.events import PAST_PRIORITY_DETAILS, PastPriorityRecorded, memory_stream
from consultazione.zones.events import CycleOpened, zone_stream
from consultazione.zones.locking import locked_cycle
from consultazione.zones.models import Cycle, Priority, Zone
from consultazione.zones.queries import current_cycle


def add_past_cycle(tx: Transaction, *, zone_id: int, first_year: int, last_year: int) -> Cycle:
    """Add a cycle that ended before the current one begins, without chapters, and return it.

    Locks the zone FOR UPDATE. NotFound if there is no such zone, or it has no cycle; Invalid
    unless the years are in order and past; Conflict if a cycle of the zone has one of them.
    """
    if tx.session.get(Zone, zone_id, with_for_update=True) is None:
        raise NotFound(_("There is no such zone."))
    require(tx.actor, Permission.ADD_PAST_CYCLE, zone_id=zone_id)
    if last_year < first_year:
        raise Invalid.at("last_year", _("The last year comes before the first: correct one."))
    now = current_cycle(tx.session, zone_id)
    if last_year >= now.first_year:
        refusal = _("A past cycle ends before %(year)s, when the current one begins.",
                    year=now.first_year)  # fmt: skip
        raise Invalid.at("last_year", refusal)
    _refuse_overlap(tx, zone_id, first_year, last_year)
    cycle = Cycle(zone_id=zone_id, first_year=first_year, last_year=last_year, opened_at=tx.now)
    tx.session.add(cycle)
    tx.flush()
    opened = CycleOpened(
        cycle_id=cycle.id,
        first_year=first_year,
        last_year=last_year,
        chapter_ids=[],
        priority_ids=[],
        phase_ids=[],
    )
    tx.record(zone_stream(zone_id), opened)
    return cycle


def record_past_priority(
    tx: Transaction, *, cycle_id: int, title: str, source: str, is_need: bool = False
) -> Priority:
    """Write down a priority or a need that a past cycle had, as the last of it; return it.

    source: the document that says so. Locks the cycle FOR UPDATE, so that ranks are unique.
    NotFound if there is no such cycle; Conflict if it is the current one, or has this priority.
    """
    cycle = locked_cycle(tx, cycle_id)
    require(tx.actor, Permission.RECORD_PAST_PRIORITY, zone_id=cycle.zone_id)
    if current_cycle(tx.session, cycle.zone_id).id == cycle.id:
        raise Conflict(_("This is the current cycle: its priorities belong to its settings."))
    own = Priority.cycle_id == cycle.id
    if tx.session.scalar(select(Priority.id).where(own, Priority.title == title).limit(1)):
        raise Conflict(_("The cycle has a priority of this title already."))
    last = tx.session.scalar(select(func.max(Priority.rank)).where(own)) or 0
    priority = Priority(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        rank=last + 1,
        title=title,
        is_need=is_need,
        source=source,
    )
    tx.session.add(priority)
    tx.flush()
    recorded = PastPriorityRecorded(
        priority_id=priority.id,
        cycle_id=cycle.id,
        title=FreeText(title),
        details=PAST_PRIORITY_DETAILS.of(priority),
    )
    tx.record(memory_stream(cycle.zone_id), recorded)
    return priority


def _refuse_overlap(tx: Transaction, zone_id: int, first_year: int, last_year: int) -> None:
    shared = (Cycle.first_year <= last_year) & (Cycle.last_year >= first_year)
    taken = tx.session.scalar(select(Cycle).where(Cycle.zone_id == zone_id, shared).limit(1))
    if taken is not None:
        raise Conflict(
            _("The cycle %(years)s has some of these years: correct them.", years=taken.years)
        )
