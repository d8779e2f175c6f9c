"""Rows of a zone's settings that no command makes alone, with the entries that say them."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.memory.events import PAST_PRIORITY_DETAILS, PastPriorityRecorded, memory_stream
from consultazione.zones.events import BodyAdded, zone_stream
from consultazione.zones.models import Body, BodyKind, Cycle, Priority


def plant_body(
    tx: Transaction, zone_id: int, name: str, kind: BodyKind = BodyKind.MUNICIPALITY
) -> Body:
    """One more body of a zone."""
    body = Body(zone_id=zone_id, name=name, kind=kind)
    tx.session.add(body)
    tx.flush()
    added = BodyAdded(body_id=body.id, body_kind=kind, title=FreeText(name))
    tx.record(zone_stream(zone_id), added)
    return body


def plant_need(tx: Transaction, cycle: Cycle, title: str, *, rank: int) -> Priority:
    """One more need of a cycle."""
    need = Priority(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        rank=rank,
        title=title,
        is_need=True,
        source="profilo di comunità",
    )
    tx.session.add(need)
    tx.flush()
    recorded = PastPriorityRecorded(
        priority_id=need.id,
        cycle_id=cycle.id,
        title=FreeText(title),
        details=PAST_PRIORITY_DETAILS.of(need),
    )
    tx.record(memory_stream(cycle.zone_id), recorded)
    return need
