"""An opinion map with a statement that waits, by the names that addresses have for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.opinions.commands.maps import open_opinion_map
from consultazione.opinions.commands.opinions import propose_opinion
from consultazione.opinions.models import OpinionMap
from consultazione.tables.models import ThematicTable
from tests.support.factories import Factory

STATEMENTS = [f"The desk should be open on day {day}." for day in range(1, 9)]


def opened_map(make: Factory, table: ThematicTable | None = None) -> OpinionMap:
    """A map that was opened at a table, with eight statements that people answer."""
    table = table or make.table()
    with make.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
        return open_opinion_map(
            tx,
            table_id=table.id,
            title="Opening hours",
            question="When shall the desk be open?",
            opinions=STATEMENTS,
            closes_at=clock.now() + timedelta(days=7),
        )


def asked_of_people(make: Factory) -> dict[str, Any]:
    """An open map, and a statement that somebody has proposed for it."""
    opened = opened_map(make)
    with make.database.transaction(make.citizen()) as tx:
        waiting = propose_opinion(tx, map_id=opened.id, body="The desk is too far away.")
    return {"map_id": opened.id, "opinion_map_id": opened.id, "opinion_id": waiting.id}
