"""Breaks: the sitting is suspended and resumed, a point is put aside for later."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.sittings.breaks.events import PointSuspended, SittingResumed, SittingSuspended
from consultazione.sittings.breaks.models import Suspension
from consultazione.sittings.breaks.queries import suspension_now
from consultazione.sittings.breaks.steps import end_suspension, require_going_on, stop_clock
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.steps import end_floor_of
from consultazione.sittings.locking import (
    current_point,
    lock_point,
    lock_sitting,
    require_at,
    require_open,
)
from consultazione.sittings.models import AgendaPoint, PointState, Sitting
from consultazione.sittings.polls.locking import require_no_open_poll


def suspend_sitting(tx: Transaction, *, sitting_id: int, reason: str) -> Sitting:
    """Suspend a sitting for a reason; harmless if it is suspended. Conflict with an open poll.

    The floor ends and the clock of the point at hand stops; hands stay up, nobody leaves.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.SUSPEND_SITTING, sitting)
    require_open(sitting)
    if suspension_now(tx.session, sitting.id) is not None:
        return sitting
    require_no_open_poll(tx, sitting.id)
    end_floor_of(tx, sitting.id)
    point = current_point(tx, sitting.id)
    tx.session.add(Suspension(sitting_id=sitting.id, reason=reason, suspended_at=tx.now))
    tx.record(
        sitting_stream(sitting.id),
        SittingSuspended(
            sitting_id=sitting.id,
            point_id=None if point is None else point.id,
            spent=None if point is None else stop_clock(tx, point),
            reason=FreeText(reason),
        ),
    )
    return sitting


def resume_sitting(tx: Transaction, *, sitting_id: int) -> Sitting:
    """Resume a suspended sitting; harmless if it goes on."""
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.RESUME_SITTING, sitting)
    require_open(sitting)
    if suspension_now(tx.session, sitting.id) is None:
        return sitting
    end_suspension(tx, sitting.id)
    point = current_point(tx, sitting.id)
    if point is not None:
        point.running_since = tx.now
    tx.record(
        sitting_stream(sitting.id),
        SittingResumed(sitting_id=sitting.id, point_id=None if point is None else point.id),
    )
    return sitting


def suspend_point(tx: Transaction, *, point_id: int) -> AgendaPoint:
    """Put the point at hand aside for later; harmless if it is put aside. Starting resumes it."""
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.SUSPEND_POINT, sitting)
    require_open(sitting)
    if point.state is PointState.SUSPENDED:
        return point
    if point.state is not PointState.CURRENT:
        raise Conflict(_("Only the point under discussion can be put aside."))
    require_going_on(tx, sitting.id)
    require_no_open_poll(tx, sitting.id)
    end_floor_of(tx, sitting.id)
    point.state = PointState.SUSPENDED
    spent = stop_clock(tx, point)
    tx.record(sitting_stream(sitting.id), PointSuspended(point_id=point.id, spent=spent))
    return point
