"""Finding the row that a command on a cycle or a phase works on, and locking it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.zones.models import Cycle, Phase


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
