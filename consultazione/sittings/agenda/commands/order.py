"""The order of the points that are still to come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.agenda.steps import agenda_points, put_in_order
from consultazione.sittings.locking import lock_point, require_at, require_not_closed
from consultazione.sittings.models import AgendaPoint, PointState

_TO_COME = (PointState.PENDING, PointState.SUSPENDED)


def move_point(tx: Transaction, *, point_id: int, before: int | None) -> AgendaPoint:
    """Put a point that is still to come before another one, or last; harmless if it is there.

    Conflict if either has been started, or if any other business would not stay last.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.MOVE_POINT, sitting)
    require_not_closed(sitting)
    agenda = agenda_points(tx, sitting.id)
    other = next((one for one in agenda if one.id == before), None)
    if (before is not None and other is None) or not _to_come(point, other):
        raise Conflict(_("Only points that are still to come can be put in another order."))
    if other is not point:
        rest = [one for one in agenda if one is not point]
        at = len(rest) if other is None else rest.index(other)
        put_in_order(tx, sitting, [*rest[:at], point, *rest[at:]])
    return point


def _to_come(point: AgendaPoint, other: AgendaPoint | None) -> bool:
    return all(one.state in _TO_COME for one in (point, other) if one is not None)
