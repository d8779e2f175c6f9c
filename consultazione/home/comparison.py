"""The zones of a territory side by side, each in the cycle in which it plans now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.home.spending import Spending, last_spending
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Chapter, Cycle, Phase, Priority, Zone
from consultazione.zones.queries import last_current, zones_with_cycles

Part = TypeVar("Part", Chapter, Phase, Priority, ThematicTable)


@dataclass(frozen=True)
class Column:
    """A zone of the territory: the current cycle, and what is compared of it.

    spending: None as long as no intervention is planned.
    """

    zone: Zone
    cycle: Cycle
    chapters: Sequence[Chapter]
    priorities: Sequence[Priority]
    phases: Sequence[Phase]
    tables: Sequence[ThematicTable]
    spending: Spending | None

    def current_phase(self, day: date) -> Phase | None:
        """The phase in progress on a day, the last of several; None if none is."""
        return last_current(self.phases, on=day)


def side_by_side(session: Session, territory_id: int) -> list[Column]:
    """A column for each zone of a territory, by name; as many statements however many there are."""
    current = {zone: cycles[0] for zone, cycles in zones_with_cycles(session, territory_id).items()}
    ids = [cycle.id for cycle in current.values()]
    chapters = _parts(session, Chapter, ids)
    priorities = _parts(session, Priority, ids)
    phases = _parts(session, Phase, ids)
    tables = _parts(session, ThematicTable, ids)
    spending = last_spending(session, list(current.values()))
    return [
        Column(
            zone,
            cycle,
            sorted(chapters[cycle.id], key=lambda one: one.number),
            sorted(priorities[cycle.id], key=lambda one: one.rank),
            sorted(phases[cycle.id], key=lambda one: one.rank),
            sorted(tables[cycle.id], key=lambda one: (one.rank, one.id)),
            spending.get(cycle.id),
        )
        for zone, cycle in current.items()
    ]


def _parts(session: Session, kind: type[Part], cycle_ids: Sequence[int]) -> dict[int, list[Part]]:
    """What several cycles have of a kind, by the id of the cycle."""
    found: dict[int, list[Part]] = defaultdict(list)
    for part in session.scalars(select(kind).where(kind.cycle_id.in_(cycle_ids))):
        found[part.cycle_id].append(part)
    return found
