"""The zone's path: recording formal acts, opening and closing phases."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.zones.acts.address import read_act_address
from consultazione.zones.events import (
    ActRecorded,
    DeadlineSet,
    PhaseClosed,
    PhaseOpened,
    zone_stream,
)
from consultazione.zones.locking import locked_phase
from consultazione.zones.models import Act, ActKind, Phase
from consultazione.zones.queries import get_cycle


def record_act(
    tx: Transaction,
    *,
    cycle_id: int,
    kind: ActKind,
    title: str,
    on_day: date,
    body: str,
    source: str,
    number: str | None = None,
    url: str | None = None,
    demo: bool = False,
) -> Act:
    """Enter a body's formal act in the register of acts, and return it.

    url: where its text can be read. NotFound if there is no such cycle; Invalid on `url` unless
    it is an https address.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.RECORD_ACT, zone_id=cycle.zone_id)
    act = Act(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        kind=kind,
        title=title,
        number=number or None,
        on_day=on_day,
        body=body,
        source=source,
        url=read_act_address(url),
        demo=demo,
    )
    tx.session.add(act)
    tx.flush()
    tx.record(zone_stream(act.zone_id), ActRecorded(act_id=act.id, act_kind=kind, on_day=on_day))
    return act


def open_phase(tx: Transaction, *, phase_id: int, starts_on: date) -> Phase:
    """Start a phase on a given day.

    Locks the phase FOR UPDATE. NotFound if there is no such phase; Conflict if it has started
    already.
    """
    phase = locked_phase(tx, phase_id)
    require(tx.actor, Permission.OPEN_PHASE, zone_id=phase.zone_id)
    if phase.starts_on is not None:
        raise Conflict(_("This phase has begun already."))
    phase.starts_on = starts_on
    tx.record(zone_stream(phase.zone_id), PhaseOpened(phase_id=phase.id, starts_on=starts_on))
    return phase


def set_deadline(tx: Transaction, *, phase_id: int, due_on: date | None) -> Phase:
    """Announce the last day on which a phase takes contributions; None for no such day.

    The day ends nothing by itself: an act closes the phase. Locks the phase FOR UPDATE. NotFound
    if there is no such phase; Conflict if it is closed; Invalid if the day precedes its start.
    """
    phase = locked_phase(tx, phase_id)
    require(tx.actor, Permission.SET_DEADLINE, zone_id=phase.zone_id)
    if phase.closed_on is not None:
        raise Conflict(_("This phase is closed."))
    if due_on is not None and phase.starts_on is not None and due_on < phase.starts_on:
        raise Invalid.at("due_on", _("The phase began after this day."))
    phase.due_on = due_on
    tx.record(zone_stream(phase.zone_id), DeadlineSet(phase_id=phase.id, due_on=due_on))
    return phase


def close_phase(tx: Transaction, *, phase_id: int, act_id: int, closed_on: date) -> Phase:
    """Close a phase by a formal act of its cycle: nothing else closes one.

    Locks the phase FOR UPDATE. NotFound if there is no such phase; Conflict unless it is in
    progress; Invalid if the act belongs to another cycle, or if the day precedes the start of
    the phase.
    """
    phase = locked_phase(tx, phase_id)
    act = tx.session.get(Act, act_id)
    require(tx.actor, Permission.CLOSE_PHASE, zone_id=phase.zone_id)
    if act is None or act.cycle_id != phase.cycle_id:
        raise Invalid.at(
            "act_id", _("Record the act that closes the phase first, then choose it here.")
        )
    if phase.starts_on is None or phase.closed_on is not None:
        raise Conflict(_("Only a phase that is going on can be closed."))
    if closed_on < phase.starts_on:
        raise Invalid.at("closed_on", _("The phase began after this day."))
    phase.closed_on = closed_on
    phase.closing_act_id = act.id
    tx.record(
        zone_stream(phase.zone_id),
        PhaseClosed(phase_id=phase.id, act_id=act.id, closed_on=closed_on),
    )
    return phase
