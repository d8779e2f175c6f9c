"""Commands that call the roll of a sitting, open it and close it."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.agenda.events import PointPostponed
from consultazione.sittings.attendance import steps
from consultazione.sittings.breaks.steps import end_suspension, stop_clock
from consultazione.sittings.chat.steps import end_chat
from consultazione.sittings.events import RollCalled, SittingClosed, SittingOpened, sitting_stream
from consultazione.sittings.floor.locking import open_hands
from consultazione.sittings.floor.steps import let_lapse
from consultazione.sittings.lifecycle.steps import check_early, finish_point, lock_attendances
from consultazione.sittings.locking import current_point, lock_sitting, require_at, require_open
from consultazione.sittings.models import TO_COME, AgendaPoint, PointState, Sitting, SittingState
from consultazione.sittings.polls.locking import lock_open_poll
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.steps import count_poll
from consultazione.sittings.quorums.base import recorded_standing
from consultazione.sittings.quorums.headcount import standing_of


def call_roll(tx: Transaction, *, sitting_id: int, early_reason: str = "") -> Sitting:
    """Call the roll of a convened sitting: the actor will preside, and people come in.

    Idempotent for the same actor. early_reason: why before its day, needed then. Locks the
    sitting FOR UPDATE. Invalid without such a reason; Conflict once it is open or over.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.CALL_ROLL, sitting)
    person_id = acting_person(tx.actor)
    _require_convened(sitting)
    if sitting.roll_called_at is not None and sitting.presided_by == person_id:
        return sitting
    early = check_early(tx, sitting, early_reason)
    sitting.roll_called_at, sitting.presided_by = tx.now, person_id
    steps.arrive(tx, sitting, person_id)
    called = RollCalled(sitting_id=sitting.id, presided_by=person_id, early_reason=early)
    tx.record(sitting_stream(sitting.id), called)
    return sitting


def open_sitting(tx: Transaction, *, sitting_id: int, early_reason: str = "") -> Sitting:
    """Open a convened sitting with the actor as its chair; idempotent for the same actor.

    Verifies the quorum first: the entry records how many of those needed are there, the chair
    and all who have waited included. A sitting without it may be opened all the same. Whoever
    opens presides, even if somebody else has called the roll. early_reason: why before its day,
    needed then. Locks the sitting FOR UPDATE. Invalid without such a reason; Conflict if
    somebody else opened it, or once it is over.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.OPEN_SITTING, sitting)
    person_id = acting_person(tx.actor)
    if sitting.state is SittingState.OPEN:
        if sitting.presided_by != person_id:
            raise Conflict(_("Somebody else has opened this sitting."))
        return sitting
    _require_convened(sitting)
    early = check_early(tx, sitting, early_reason)
    sitting.state = SittingState.OPEN
    sitting.opened_at = tx.now
    sitting.presided_by = person_id
    steps.arrive(tx, sitting, person_id)
    opened = SittingOpened(
        sitting_id=sitting.id,
        presided_by=person_id,
        early_reason=early,
        **recorded_standing(standing_of(tx.session, sitting)),
    )
    tx.record(sitting_stream(sitting.id), opened)
    return sitting


def close_sitting(
    tx: Transaction,
    *,
    sitting_id: int,
    count_poll: bool = False,
    postponed: Collection[int] = (),
) -> Sitting:
    """Close a sitting with all that is open in it; idempotent.

    Lets the raised hands lapse, ends the floor, closes the current point and the chat and ends all
    attendances; the entry of the closing is the last. count_poll: whether an open poll is closed
    and counted too. postponed: ids of the points not dealt with that are left to a later sitting.
    Locks the sitting, the open poll, the attendances, the hands and the chat FOR UPDATE, in this
    order. Conflict if the sitting has not been opened, if a poll is open that is not to be
    counted, or while votes of the room wait for a second person; Invalid for any other point.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.CLOSE_SITTING, sitting)
    if sitting.state is SittingState.CLOSED:
        return sitting
    require_open(sitting)
    poll = lock_open_poll(tx, sitting.id)
    if poll is not None and not count_poll:
        raise Conflict(_("A poll is open: close it first, or say that it is to be counted now."))
    _close_what_is_open(tx, sitting, poll)
    _postpone(tx, sitting, postponed)
    end_suspension(tx, sitting.id)
    end_chat(tx, sitting.id)
    sitting.state = SittingState.CLOSED
    sitting.closed_at = tx.now
    tx.record(sitting_stream(sitting.id), SittingClosed(sitting_id=sitting.id))
    return sitting


def _require_convened(sitting: Sitting) -> None:
    if sitting.state is SittingState.CANCELLED:
        raise Conflict(_("The sitting was cancelled: convene another one."))
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("A sitting that was closed cannot be opened again: convene another."))
    if sitting.state is SittingState.OPEN:
        raise Conflict(_("The sitting is open already."))


def _close_what_is_open(tx: Transaction, sitting: Sitting, poll: Poll | None) -> None:
    present = lock_attendances(tx, sitting.id)
    for hand in open_hands(tx, sitting.id):
        let_lapse(tx, hand)
    if poll is not None:
        count_poll(tx, poll)
    point = current_point(tx, sitting.id)
    if point is not None:
        finish_point(tx, point)
    for attendance in present:
        steps.end_attendance(tx, attendance)


def _postpone(tx: Transaction, sitting: Sitting, point_ids: Collection[int]) -> None:
    """Leave points that were not dealt with to a later sitting."""
    query = select(AgendaPoint).where(
        AgendaPoint.sitting_id == sitting.id,
        AgendaPoint.id.in_(point_ids),
        AgendaPoint.state.in_(TO_COME),
    )
    points = list(tx.session.scalars(query.order_by(AgendaPoint.rank)))
    if len(points) < len(set(point_ids)):
        other = _("Only points that were not dealt with can be left to a later sitting.")
        raise Invalid.at("postponed", other)
    for point in points:
        point.state = PointState.POSTPONED
        stop_clock(tx, point)
        tx.record(sitting_stream(sitting.id), PointPostponed(point_id=point.id))
