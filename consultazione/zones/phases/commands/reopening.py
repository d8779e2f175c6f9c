"""Reopening a phase that was closed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Phase
from consultazione.zones.phases.events import PhaseReopened
from consultazione.zones.phases.models import PhaseReopening
from consultazione.zones.phases.order import DECIDING
from consultazione.zones.phases.steps import act_that, phase_in_hand
from consultazione.zones.queries import is_past
from consultazione.zones.written_day import written_day


def reopen_phase(tx: Transaction, *, phase_id: int, act_id: int, reason: str) -> Phase:
    """Let a closed phase go on again, by an act of who may decide, for a public reason.

    The closing stays readable. What must be closed before a later phase goes on stops that one
    until it is closed again. NotFound if there is no such phase; Conflict unless it is closed,
    or if its cycle is past; Invalid on `act_id` for an act of another kind, or one that is older
    than the closing.
    """
    phase, _path = phase_in_hand(tx, phase_id, Permission.REOPEN_PHASE)
    if phase.closed_on is None:
        raise Conflict(_("Only a phase that is closed can be reopened."))
    if is_past(tx.session, phase.cycle_id, at=tx.now):
        raise Conflict(_("This cycle is past: its phases stay as they ended."))
    act = act_that(tx, act_id, phase, DECIDING)
    if act.on_day < phase.closed_on:
        raise Invalid.at(
            "act_id",
            _("The phase was closed on %(day)s, after this act: choose a later one.",
              day=written_day(phase.closed_on)),
        )  # fmt: skip
    tx.session.add(
        PhaseReopening(
            phase_id=phase.id,
            act_id=act.id,
            reopened_on=tx.today,
            reason=reason,
            closed_on=phase.closed_on,
            closing_act_id=phase.closing_act_id,
        )
    )
    phase.closed_on = phase.closing_act_id = None
    tx.record(
        zone_stream(phase.zone_id),
        PhaseReopened(phase_id=phase.id, act_id=act.id, reason=FreeText(reason)),
    )
    return phase
