"""What an act has moved must stay what an act of its kind and day could move."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid
from consultazione.zones.models import Act, ActKind, Phase
from consultazione.zones.phases.order import ORDER


def require_fit(session: Session, act: Act, *, kind: ActKind, on_day: date) -> None:
    """Invalid on `kind` or `on_day` if an act that were so could not have moved its phases."""
    moved = or_(Phase.opening_act_id == act.id, Phase.closing_act_id == act.id)
    for phase in session.scalars(select(Phase).where(moved).order_by(Phase.rank)):
        if not _may_move(phase, act, kind):
            raise Invalid.at(
                "kind",
                _("This act moved the phase “%(phase)s”, which an act of that kind cannot.",
                  phase=phase.title),
            )  # fmt: skip
        if phase.closing_act_id == act.id and not _fits(phase, on_day):
            raise Invalid.at(
                "on_day",
                _("This act moved the phase “%(phase)s”: correct the days of the phase first.",
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
