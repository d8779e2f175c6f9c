"""The command that reorders the points still to come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.agenda.steps import agenda_points, put_in_order
from consultazione.sittings.locking import lock_point, require_at, require_not_closed
from consultazione.sittings.models import TO_COME, AgendaPoint


def move_point(tx: Transaction, *, point_id: int, before: int | None) -> AgendaPoint:
    """Move a point that is still to come before another one, or last if `before` is None.

    Idempotent. Locks the sitting FOR UPDATE. Conflict if either point has been started, if
    any other business would not stay last, or once the sitting is closed.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.MOVE_POINT, sitting)
    require_not_closed(sitting)
    agenda = agenda_points(tx, sitting.id)
    other = next((candidate for candidate in agenda if candidate.id == before), None)
    if (before is not None and other is None) or not _to_come(point, other):
        raise Conflict(_("Only points that are still to come can be put in another order."))
    if other is not point:
        others = [candidate for candidate in agenda if candidate is not point]
        at = len(others) if other is None else others.index(other)
        put_in_order(tx, sitting, [*others[:at], point, *others[at:]])
    return point


def _to_come(point: AgendaPoint, other: AgendaPoint | None) -> bool:
    return point.state in TO_COME and (other is None or other.state in TO_COME)
