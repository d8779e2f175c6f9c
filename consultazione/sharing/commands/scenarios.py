"""Stored what-ifs, and the points of agendas that they stand beside."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.sharing.events import (
    ScenarioAttached,
    ScenarioDetached,
    ScenarioStored,
    sharing_stream,
)
from consultazione.sharing.models import PointScenario, Scenario
from consultazione.sharing.queries import get_scenario, polls_at
from consultazione.sharing.whatif import Change, basis_of, figures_of
from consultazione.sittings.locking import lock_point, require_at, require_not_closed
from consultazione.sittings.models import AgendaPoint
from consultazione.zones.locking import locked_cycle

# Enough to weigh alternatives against each other in one vote.
MOST_OF_POINT = 5


def store_scenario(
    tx: Transaction,
    *,
    cycle_id: int,
    year: int,
    name: str,
    change: Change,
    point_id: int | None = None,
) -> Scenario:
    """Store the effect of a change, with all its figures, for good.

    point_id: the point of an agenda that it is put beside at once; then the chair of that sitting
    may do this too. NotFound if there is no such cycle or point; Invalid on `name` or on what the
    change breaks; Conflict as in `attach_scenario`.
    """
    point = _lock_point(tx, point_id) if point_id is not None else None
    cycle = locked_cycle(tx, cycle_id)
    table_id = point[1] if point else None
    require(tx.actor, Permission.STORE_SCENARIO, zone_id=cycle.zone_id, table_id=table_id)
    if not name.strip():
        raise Invalid.at("name", _("Write a name under which it will be found."))
    basis = basis_of(tx.session, cycle, year)
    if not basis.items:
        raise Conflict(_("There is nothing to compare: add items to be shared first."))
    figures = figures_of(basis, change)
    scenario = Scenario(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        year=year,
        name=name,
        figures=dict(figures),
        digest=sha256_of(figures),
        stored_at=tx.now,
        demo=basis.demo,
    )
    tx.session.add(scenario)
    tx.flush()
    tx.record(
        sharing_stream(cycle.id),
        ScenarioStored(
            scenario_id=scenario.id, year=year, digest=scenario.digest, title=FreeText(name)
        ),
    )
    if point:
        _attach(tx, point[0], scenario, point[2])
    return scenario


def attach_scenario(tx: Transaction, *, scenario_id: int, point_id: int) -> None:
    """Put a stored what-if beside a point of an agenda; idempotent.

    Locks the sitting FOR UPDATE. Conflict once the sitting is closed, in a rehearsal, if a vote
    was opened at the point (what is voted on must not change), or if it has MOST_OF_POINT.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.ATTACH_SCENARIO, sitting)
    require_not_closed(sitting)
    scenario = get_scenario(tx.session, scenario_id)
    _attach(tx, point, scenario, sitting.table.cycle_id)


def detach_scenario(tx: Transaction, *, scenario_id: int, point_id: int) -> None:
    """Take a stored what-if away from a point; idempotent.

    Locks the sitting FOR UPDATE. Conflict once the sitting is closed, or a vote was opened there.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.DETACH_SCENARIO, sitting)
    require_not_closed(sitting)
    row = tx.session.get(PointScenario, (point.id, scenario_id))
    if row is None:
        return
    _require_no_vote(tx, point)
    tx.session.delete(row)
    tx.record(
        sharing_stream(sitting.table.cycle_id),
        ScenarioDetached(scenario_id=scenario_id, point_id=point.id),
    )


def _lock_point(tx: Transaction, point_id: int) -> tuple[AgendaPoint, int, int]:
    """A point of an open agenda, with the ids of its table and of the table's cycle."""
    point, sitting = lock_point(tx, point_id)
    require_not_closed(sitting)
    return point, sitting.table_id, sitting.table.cycle_id


def _attach(tx: Transaction, point: AgendaPoint, scenario: Scenario, cycle_id: int) -> None:
    if scenario.cycle_id != cycle_id:
        raise Invalid.at("point_id", _("Choose a point of a sitting of the same cycle."))
    if tx.session.get(PointScenario, (point.id, scenario.id)) is not None:
        return
    _require_no_vote(tx, point)
    beside = tx.session.query(PointScenario).filter_by(point_id=point.id).count()
    if beside >= MOST_OF_POINT:
        raise Conflict(_("Five what-ifs stand beside this point already: take one away first."))
    tx.session.add(PointScenario(point_id=point.id, scenario_id=scenario.id))
    tx.record(
        sharing_stream(cycle_id),
        ScenarioAttached(scenario_id=scenario.id, point_id=point.id),
    )


def _require_no_vote(tx: Transaction, point: AgendaPoint) -> None:
    if polls_at(tx.session, [point.id]):
        raise Conflict(_("A vote was opened at this point: what stands beside it is fixed now."))
