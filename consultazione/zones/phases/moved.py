"""What an act has moved must stay what an act of its kind and day could move."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid
from consultazione.zones.models import Act, ActKind, Phase
from consultazione.zones.phases.models import PhaseHold, PhaseReopening
from consultazione.zones.phases.order import DECIDING, ORDER


def require_fit(session: Session, act: Act, *, kind: ActKind, on_day: date) -> None:
    """Invalid on `kind` or `on_day` if an act that were so could not have moved its phases.

    What is not changed is not asked about: earlier versions let any act move a phase.
    """
    changes_kind, changes_day = kind is not act.kind, on_day != act.on_day
    for phase in session.scalars(_moved_by(act.id)):
        if changes_kind and not _may_move(phase, act, kind):
            raise _cannot_move(phase)
        if changes_day and phase.closing_act_id == act.id and not _fits(phase, on_day):
            raise Invalid.at(
                "on_day",
                _("This act moved the phase “%(phase)s”: correct the days of the phase first.",
                  phase=phase.title),
            )  # fmt: skip

    halted = session.scalar(_halted_by(act.id)) if changes_kind and kind not in DECIDING else None
    if halted is not None:
        raise _cannot_move(halted)


def _moved_by(act_id: int) -> Select[Phase]:
    moved = or_(Phase.opening_act_id == act_id, Phase.closing_act_id == act_id)
    return select(Phase).where(moved).order_by(Phase.rank)


def _halted_by(act_id: int) -> Select[Phase]:
    """A phase that an act suspended or reopened."""
    holds = select(PhaseHold.phase_id).where(PhaseHold.act_id == act_id)
    reopenings = select(PhaseReopening.phase_id).where(PhaseReopening.act_id == act_id)
    return select(Phase).where(Phase.id.in_(holds.union(reopenings))).order_by(Phase.rank).limit(1)


def _cannot_move(phase: Phase) -> Invalid:
    return Invalid.at(
        "kind",
        _("This act moved the phase “%(phase)s”, which an act of that kind cannot.",
          phase=phase.title),
    )  # fmt: skip


def _may_move(phase: Phase, act: Act, kind: ActKind) -> bool:
    order = ORDER[phase.kind]
    closes = phase.closing_act_id != act.id or kind in order.closed_by
    return closes and (phase.opening_act_id != act.id or kind in order.opened_by)


def _fits(phase: Phase, on_day: date) -> bool:
    """True if an act of that day can have closed a phase."""
    begins = phase.starts_on is None or phase.starts_on <= on_day
    return begins and (phase.closed_on is None or on_day <= phase.closed_on)
