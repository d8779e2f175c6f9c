"""Commands that start and close the points of an agenda."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.breaks.steps import require_going_on
from consultazione.sittings.events import PointStarted, sitting_stream
from consultazione.sittings.lifecycle.steps import finish_point
from consultazione.sittings.locking import current_point, lock_point, require_at, require_open
from consultazione.sittings.models import AgendaPoint, PointState, Sitting
from consultazione.sittings.polls.locking import require_no_open_poll
from consultazione.sittings.quorums.headcount import Headcount, standing_of
from consultazione.sittings.quorums.steps import record_verification


def start_point(tx: Transaction, *, point_id: int) -> AgendaPoint:
    """Start or resume a point, closing the current one; idempotent.

    Starting the first point of a sitting verifies the quorum anew, unless it was there at the
    opening. Locks the sitting FOR UPDATE. Conflict for a point that is closed or off the agenda,
    with an open poll, or if the sitting is suspended or not open.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.START_POINT, sitting)
    require_open(sitting)
    if point.state is PointState.CURRENT:
        return point
    if point.state is PointState.REMOVED:
        raise Conflict(_("This point was taken off the agenda: go on with the next one."))
    if point.state is PointState.DONE:
        raise Conflict(_("This point has been dealt with: go on with the next one."))
    require_going_on(tx, sitting.id)
    require_no_open_poll(tx, sitting.id)
    previous = current_point(tx, sitting.id)
    if previous is not None:
        finish_point(tx, previous)
        tx.flush()  # before the next point: a unique index allows one current point
    elif not _has_begun(tx, sitting.id) and not _was_valid(tx, sitting):
        record_verification(tx, sitting)
    point.state = PointState.CURRENT
    point.started_at = point.started_at or tx.now
    point.running_since = tx.now
    tx.record(sitting_stream(sitting.id), PointStarted(point_id=point.id))
    return point


def close_point(tx: Transaction, *, point_id: int) -> AgendaPoint:
    """Close the current point; idempotent.

    Locks the sitting FOR UPDATE. Conflict for a point that is not current, with an open poll,
    or if the sitting is not open.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.CLOSE_POINT, sitting)
    if point.state is PointState.DONE:
        return point
    require_open(sitting)
    if point.state is not PointState.CURRENT:
        raise Conflict(_("This point is not under discussion: start it first."))
    require_no_open_poll(tx, sitting.id)
    finish_point(tx, point)
    return point


def _has_begun(tx: Transaction, sitting_id: int) -> bool:
    """Return whether any point of the sitting has been started."""
    query = select(AgendaPoint.id).where(
        AgendaPoint.sitting_id == sitting_id, AgendaPoint.started_at.is_not(None)
    )
    return tx.session.scalar(query.limit(1)) is not None


def _was_valid(tx: Transaction, sitting: Sitting) -> bool:
    """Return whether the quorum was there at the opening; True without a quorum."""
    standing = standing_of(tx.session, sitting, Headcount(tx.session, sitting, sitting.opened_at))
    return standing is None or standing.met
