"""The zone's path: recording formal acts, opening and closing phases."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.zones.acts.address import read_act_address
from consultazione.zones.events import (
    ACT_DETAILS,
    ActRecorded,
    DeadlineSet,
    PhaseClosed,
    PhaseOpened,
    zone_stream,
)
from consultazione.zones.locking import locked_phase
from consultazione.zones.models import Act, ActKind, Phase
from consultazione.zones.phases.order import ORDER, require_order
from consultazione.zones.phases.steps import (
    act_that,
    phase_in_hand,
    require_closable,
    require_closing_day,
)
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
    recorded = ActRecorded(
        act_id=act.id,
        act_kind=kind,
        on_day=on_day,
        cycle_id=cycle.id,
        details=ACT_DETAILS.of(act),
    )
    tx.record(zone_stream(act.zone_id), recorded)
    return act


def open_phase(
    tx: Transaction, *, phase_id: int, starts_on: date, act_id: int | None = None
) -> Phase:
    """Start a phase on a given day, by a formal act if one is named.

    Locks the path FOR UPDATE. NotFound if there is no such phase; Conflict if it has started
    already, or before what must precede it (`phases.order`); Invalid on `act_id` for an act that
    opens no such phase.
    """
    phase, path = phase_in_hand(tx, phase_id, Permission.OPEN_PHASE)
    if phase.starts_on is not None:
        raise Conflict(_("This phase has begun already."))
    if act_id is not None:
        phase.opening_act_id = act_that(tx, act_id, phase, ORDER[phase.kind].opened_by).id
    phase.starts_on = starts_on
    require_order(path, phase)
    opened = PhaseOpened(phase_id=phase.id, starts_on=starts_on, act_id=act_id)
    tx.record(zone_stream(phase.zone_id), opened)
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
    if due_on is not None and phase.begins_after(due_on):
        raise Invalid.at("due_on", _("The phase began after this day."))
    phase.due_on = due_on
    tx.record(zone_stream(phase.zone_id), DeadlineSet(phase_id=phase.id, due_on=due_on))
    return phase


def close_phase(tx: Transaction, *, phase_id: int, act_id: int, closed_on: date) -> Phase:
    """Close a phase by a formal act of its cycle: nothing else closes one.

    Locks the path FOR UPDATE. NotFound if there is no such phase; Conflict unless it is in
    progress and not suspended, while a phase that precedes it is open, or while it owes
    something, which the platform alone may overlook: an import tells what others decided.
    Invalid if the act does not close such a phase, or if the day precedes the phase or the act,
    or is yet to come.
    """
    phase, path = phase_in_hand(tx, phase_id, Permission.CLOSE_PHASE)
    if phase.starts_on is None or phase.closed_on is not None:
        raise Conflict(_("Only a phase that is going on can be closed."))
    act = act_that(tx, act_id, phase, ORDER[phase.kind].closed_by)
    require_closing_day(phase, act, closed_on, today=tx.today)
    require_closable(tx, path, phase)
    phase.closed_on = closed_on
    phase.closing_act_id = act.id
    tx.record(
        zone_stream(phase.zone_id),
        PhaseClosed(phase_id=phase.id, act_id=act.id, closed_on=closed_on),
    )
    return phase
