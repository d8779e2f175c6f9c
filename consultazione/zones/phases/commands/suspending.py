"""Suspending a phase until a day, and ending that before the day."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.zones.events import zone_stream
from consultazione.zones.phases.events import PhaseResumed, PhaseSuspended
from consultazione.zones.phases.models import PhaseHold
from consultazione.zones.phases.order import DECIDING
from consultazione.zones.phases.steps import act_that, phase_in_hand
from consultazione.zones.phases.when import read_path


def suspend_phase(
    tx: Transaction, *, phase_id: int, act_id: int, until: date, reason: str
) -> PhaseHold:
    """Suspend a phase from today until a day, that one included, by an act; return the hold.

    Nothing that belongs to the phase is done meanwhile, and nothing closes it. NotFound if there
    is no such phase; Conflict unless it goes on and is not suspended; Invalid on `act_id` for an
    act of another kind, on `until` for a day that is over.
    """
    phase, _path = phase_in_hand(tx, phase_id, Permission.SUSPEND_PHASE)
    path = read_path(tx.session, phase.cycle_id, at=tx.now)
    if not path.goes_on(phase):
        raise Conflict(_("Only a phase that is going on can be suspended."))
    if path.hold_on(phase):
        raise Conflict(_("This phase is suspended already: let it go on first."))
    act = act_that(tx, act_id, phase, DECIDING)
    if until < tx.today:
        raise Invalid.at("until", _("This day is over: choose a later one."))
    hold = PhaseHold(
        phase_id=phase.id, act_id=act.id, from_day=tx.today, until=until, reason=reason
    )
    tx.session.add(hold)
    tx.flush()
    tx.record(
        zone_stream(phase.zone_id),
        PhaseSuspended(
            phase_id=phase.id, hold_id=hold.id, act_id=act.id, until=until, reason=FreeText(reason)
        ),
    )
    return hold


def resume_phase(tx: Transaction, *, hold_id: int, reason: str) -> PhaseHold:
    """Let a suspended phase go on before the day that the act had set, for a public reason.

    NotFound if there is no such suspension; Conflict if it is over.
    """
    found = tx.session.get(PhaseHold, hold_id)
    if found is None:
        raise NotFound(_("There is no such suspension."))
    phase, _path = phase_in_hand(tx, found.phase_id, Permission.RESUME_PHASE)
    tx.session.refresh(found)
    if not found.is_in_force(tx.today):
        raise Conflict(_("This suspension is over: the phase goes on."))
    found.lifted_on, found.lifted_reason = tx.today, reason
    tx.record(
        zone_stream(phase.zone_id),
        PhaseResumed(phase_id=phase.id, hold_id=found.id, reason=FreeText(reason)),
    )
    return found
