"""Finding the row that a command on a zone, a cycle or a phase works on, and locking it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.zones.models import Cycle, Phase, Zone


def locked_zone(tx: Transaction, zone_id: int) -> Zone:
    """A zone as it is now, locked FOR UPDATE; NotFound if there is none."""
    zone = tx.session.get(Zone, zone_id, with_for_update=True, populate_existing=True)
    if zone is None:
        raise NotFound(_("There is no such zone."))
    return zone


def locked_cycle(tx: Transaction, cycle_id: int) -> Cycle:
    """A cycle, locked FOR UPDATE; NotFound if there is none."""
    cycle = tx.session.get(Cycle, cycle_id, with_for_update=True)
    if cycle is None:
        raise NotFound(_("There is no such cycle."))
    return cycle


def locked_phase(tx: Transaction, phase_id: int) -> Phase:
    """A phase, locked FOR UPDATE; NotFound if there is none."""
    phase = tx.session.get(Phase, phase_id, with_for_update=True)
    if phase is None:
        raise NotFound(_("There is no such phase."))
    return phase
