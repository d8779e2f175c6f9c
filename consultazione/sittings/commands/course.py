"""The course of a sitting: it is opened, comes to a point, is done with it, is closed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.people.permissions import acting_person
from consultazione.sittings.commands import steps
from consultazione.sittings.commands.counting import count_poll
from consultazione.sittings.commands.fetch import (
    current_point,
    open_hands,
    open_poll_of,
    point_alone,
    require_at,
    require_no_open_poll,
    require_open,
    sitting_alone,
)
from consultazione.sittings.commands.quorums import ascertain
from consultazione.sittings.events import (
    PointStarted,
    SittingClosed,
    SittingOpened,
    sitting_stream,
)
from consultazione.sittings.models import (
    AgendaPoint,
    Attendance,
    PointState,
    Sitting,
    SittingState,
)
from consultazione.sittings.pauses.steps import end_suspension, require_going_on
from consultazione.sittings.quorums.base import recorded
from consultazione.sittings.quorums.hall import standing_of


def open_sitting(tx: Transaction, *, sitting_id: int) -> Sitting:
    """Open a sitting and preside over it; harmless if the actor presides already.

    Who presides is present from the first moment. Others come in afterwards, so the quorum,
    if there is one, is as a rule not there yet: the entry says how many were.
    """
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "open_sitting", sitting)
    person_id = acting_person(tx.actor)
    if sitting.state is SittingState.OPEN:
        if sitting.presided_by != person_id:
            raise Conflict(_("Somebody else has opened this sitting."))
        return sitting
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("A sitting that was closed cannot be opened again: convene another."))
    sitting.state = SittingState.OPEN
    sitting.opened_at = tx.now
    sitting.presided_by = person_id
    steps.arrive(tx, sitting, person_id)
    opened = SittingOpened(
        sitting_id=sitting.id,
        presided_by=person_id,
        **recorded(standing_of(tx.session, sitting)),
    )
    tx.record(sitting_stream(sitting.id), opened)
    return sitting


def close_sitting(tx: Transaction, *, sitting_id: int) -> Sitting:
    """Close a sitting with all that is open in it; harmless if it is closed.

    The floor ends, hands go down, an open poll is counted, the current point is done,
    everybody has left; last of all the sitting is closed.
    """
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "close_sitting", sitting)
    if sitting.state is SittingState.CLOSED:
        return sitting
    require_open(sitting)
    _close_what_is_open(tx, sitting)
    end_suspension(tx, sitting.id)
    sitting.state = SittingState.CLOSED
    sitting.closed_at = tx.now
    tx.record(sitting_stream(sitting.id), SittingClosed(sitting_id=sitting.id))
    return sitting


def start_point(tx: Transaction, *, point_id: int) -> AgendaPoint:
    """Come to a point of the agenda, done with the one before; harmless if it is current.

    With the first point the works begin, and the quorum is ascertained.
    """
    point, sitting = point_alone(tx, point_id)
    require_at(tx, "start_point", sitting)
    require_open(sitting)
    if point.state is PointState.CURRENT:
        return point
    if point.state is PointState.DONE:
        raise Conflict(_("This point has been dealt with: go on with the next one."))
    require_going_on(tx, sitting.id)
    require_no_open_poll(tx, sitting.id)
    before = current_point(tx, sitting.id)
    if before is not None:
        steps.finish_point(tx, before)
        tx.flush()  # one point at a time is current, and the database sees to it
    elif not _has_begun(tx, sitting.id):
        ascertain(tx, sitting)
    point.state = PointState.CURRENT
    point.started_at = point.started_at or tx.now
    point.running_since = tx.now
    tx.record(sitting_stream(sitting.id), PointStarted(point_id=point.id))
    return point


def close_point(tx: Transaction, *, point_id: int) -> AgendaPoint:
    """Be done with the current point; harmless if it is done."""
    point, sitting = point_alone(tx, point_id)
    require_at(tx, "close_point", sitting)
    if point.state is PointState.DONE:
        return point
    require_open(sitting)
    if point.state is not PointState.CURRENT:
        raise Conflict(_("This point is not under discussion: start it first."))
    require_no_open_poll(tx, sitting.id)
    steps.finish_point(tx, point)
    return point


def _close_what_is_open(tx: Transaction, sitting: Sitting) -> None:
    poll, present = open_poll_of(tx, sitting.id), _present(tx, sitting.id)
    for hand in open_hands(tx, sitting.id):
        steps.put_down(tx, hand)
    if poll is not None:
        count_poll(tx, poll)
    point = current_point(tx, sitting.id)
    if point is not None:
        steps.finish_point(tx, point)
    for attendance in present:
        steps.end_attendance(tx, attendance)


def _present(tx: Transaction, sitting_id: int) -> list[Attendance]:
    query = select(Attendance).filter_by(sitting_id=sitting_id, left_at=None)
    return list(tx.session.scalars(query.order_by(Attendance.id).with_for_update()))


def _has_begun(tx: Transaction, sitting_id: int) -> bool:
    """True once a point has been started."""
    query = select(AgendaPoint.id).where(
        AgendaPoint.sitting_id == sitting_id, AgendaPoint.started_at.is_not(None)
    )
    return tx.session.scalar(query.limit(1)) is not None
