"""Commands that open and close a sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.attendance import steps
from consultazione.sittings.breaks.steps import end_suspension
from consultazione.sittings.events import SittingClosed, SittingOpened, sitting_stream
from consultazione.sittings.floor.locking import open_hands
from consultazione.sittings.floor.steps import lower_hand
from consultazione.sittings.lifecycle.steps import finish_point
from consultazione.sittings.locking import current_point, lock_sitting, require_at, require_open
from consultazione.sittings.models import Attendance, Sitting, SittingState
from consultazione.sittings.polls.locking import lock_open_poll
from consultazione.sittings.polls.steps import count_poll
from consultazione.sittings.quorums.base import recorded_standing
from consultazione.sittings.quorums.headcount import standing_of


def open_sitting(tx: Transaction, *, sitting_id: int) -> Sitting:
    """Open a convened sitting with the actor as its chair; idempotent for the same actor.

    The chair is present from the first moment. Others enter later, so the quorum is usually
    not met yet; the entry records how many were present. Locks the sitting FOR UPDATE.
    Conflict if somebody else opened it, or once it is closed.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.OPEN_SITTING, sitting)
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
        **recorded_standing(standing_of(tx.session, sitting)),
    )
    tx.record(sitting_stream(sitting.id), opened)
    return sitting


def close_sitting(tx: Transaction, *, sitting_id: int) -> Sitting:
    """Close a sitting with all that is open in it; idempotent.

    Withdraws the hands, ends the floor, counts an open poll, closes the current point and
    ends all attendances; the entry of the closing is the last. Locks the sitting, the open
    poll, the attendances and the hands FOR UPDATE, in this order. Conflict if the sitting has
    not been opened, or while votes of the room wait for a second person.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.CLOSE_SITTING, sitting)
    if sitting.state is SittingState.CLOSED:
        return sitting
    require_open(sitting)
    _close_what_is_open(tx, sitting)
    end_suspension(tx, sitting.id)
    sitting.state = SittingState.CLOSED
    sitting.closed_at = tx.now
    tx.record(sitting_stream(sitting.id), SittingClosed(sitting_id=sitting.id))
    return sitting


def _close_what_is_open(tx: Transaction, sitting: Sitting) -> None:
    poll, present = lock_open_poll(tx, sitting.id), _lock_attendances(tx, sitting.id)
    for hand in open_hands(tx, sitting.id):
        lower_hand(tx, hand)
    if poll is not None:
        count_poll(tx, poll)
    point = current_point(tx, sitting.id)
    if point is not None:
        finish_point(tx, point)
    for attendance in present:
        steps.end_attendance(tx, attendance)


def _lock_attendances(tx: Transaction, sitting_id: int) -> list[Attendance]:
    query = select(Attendance).filter_by(sitting_id=sitting_id, left_at=None)
    return list(tx.session.scalars(query.order_by(Attendance.id).with_for_update()))
