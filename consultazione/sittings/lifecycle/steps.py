"""Steps of a sitting's lifecycle that several commands share."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.sittings.attendance.steps import end_attendance
from consultazione.sittings.breaks.steps import stop_clock
from consultazione.sittings.events import (
    PointClosed,
    SittingConvened,
    SittingReopened,
    sitting_stream,
)
from consultazione.sittings.floor.steps import end_floor_of
from consultazione.sittings.models import (
    AgendaPoint,
    Attendance,
    PointState,
    Sitting,
    SittingState,
)

# Half a year: a start beyond it is more often a slip of the pen than meant.
MOST_DAYS_AHEAD = 183


def finish_point(tx: Transaction, point: AgendaPoint) -> None:
    """Close a point: end the speaker's floor, stop the point's clock, and record it."""
    end_floor_of(tx, point.sitting_id)
    point.state = PointState.DONE
    point.ended_at = tx.now
    spent = stop_clock(tx, point)
    tx.record(sitting_stream(point.sitting_id), PointClosed(point_id=point.id, spent=spent))


def record_convened(tx: Transaction, sitting: Sitting) -> None:
    """Add a new sitting, and record it as the first entry of its stream."""
    tx.session.add(sitting)
    tx.flush()
    tx.record(
        sitting_stream(sitting.id),
        SittingConvened(
            sitting_id=sitting.id,
            table_id=sitting.table_id,
            starts_at=sitting.starts_at,
            title=FreeText(sitting.title),
            place=FreeText(sitting.place),
            second_of=sitting.second_of,
            places=sitting.places,
        ),
    )


def check_start(tx: Transaction, starts_at: datetime, *, confirmed: bool) -> None:
    """Raise Invalid for a past day, and for an unlikely start that nobody has confirmed.

    Unlikely is one that is past already, or more than MOST_DAYS_AHEAD away. The platform, which
    imports past sittings, may choose any.
    """
    if tx.actor.is_system:
        return
    day = in_rome(starts_at).date()
    if day < tx.today:
        raise Invalid.at("starts_at", _("Choose a day that is not past."))
    if confirmed:
        return
    if starts_at < tx.now:
        begun = _("At this hour it would have begun already: tick the box if that is right.")
        raise Invalid.at("start_confirmed", begun)
    if day > tx.today + timedelta(days=MOST_DAYS_AHEAD):
        far = _("This day is more than six months away: tick the box if that is right.")
        raise Invalid.at("start_confirmed", far)


def check_order(tx: Transaction, sitting: Sitting, starts_at: datetime) -> None:
    """Invalid on `starts_at` unless a second convocation comes after the first.

    Locks the second FOR UPDATE; the caller has locked the sitting, and the first before it.
    """
    query = select(Sitting).where(
        or_(Sitting.second_of == sitting.id, Sitting.id == sitting.second_of),
        Sitting.state != SittingState.CANCELLED,
    )
    locked = query.order_by(Sitting.id).with_for_update(of=Sitting)
    for other in tx.session.scalars(locked.execution_options(populate_existing=True)):
        if other.second_of == sitting.id and starts_at >= other.starts_at:
            second = _("The second convocation is before that: change its day first.")
            raise Invalid.at("starts_at", second)
        if other.id == sitting.second_of and starts_at <= other.starts_at:
            raise Invalid.at("starts_at", _("Choose a moment after the first convocation."))


def begin_anew(tx: Transaction, sitting: Sitting) -> None:
    """Take back what was done for another day: the roll, who waits, why it should begin early.

    The caller has locked the sitting FOR UPDATE.
    """
    sitting.roll_called_at = sitting.presided_by = sitting.early_reason = None
    send_away(tx, sitting)


def check_early(tx: Transaction, sitting: Sitting, reason: str) -> FreeText | None:
    """Return the reason for beginning before the day; None on the day, after it, or rehearsing.

    Stores it too. Invalid if it is missing.
    """
    if sitting.rehearses is not None or sitting.day <= tx.today:
        return None
    reason = reason or sitting.early_reason or ""
    if not reason:
        early = _(
            "This sitting is convened for %(day)s: to begin it today, write why.",
            day=sitting.day.strftime("%d/%m/%Y"),
        )
        raise Invalid.at("early_reason", early)
    sitting.early_reason = reason
    return FreeText(reason)


def send_away(tx: Transaction, sitting: Sitting) -> None:
    """End the attendance of all who wait for a sitting that will not be held now.

    Locks the attendances FOR UPDATE; the caller has locked the sitting FOR UPDATE.
    """
    for attendance in lock_attendances(tx, sitting.id):
        end_attendance(tx, attendance)


def lock_attendances(tx: Transaction, sitting_id: int) -> list[Attendance]:
    """Return the current attendances of a sitting, by id, locked FOR UPDATE."""
    query = select(Attendance).filter_by(sitting_id=sitting_id, left_at=None)
    return list(tx.session.scalars(query.order_by(Attendance.id).with_for_update()))


def reopen(tx: Transaction, sitting: Sitting, reason: str) -> None:
    """Let a sitting go on that was closed today, and record it.

    The caller has locked the sitting FOR UPDATE, and has seen to its minutes. Conflict unless
    it is closed, and was closed today.
    """
    if sitting.state is not SittingState.CLOSED or sitting.closed_at is None:
        raise Conflict(_("Only a sitting that was closed can be reopened."))
    if in_rome(sitting.closed_at).date() != tx.today:
        raise Conflict(_("A sitting is reopened on its day only: convene another one."))
    sitting.state, sitting.closed_at = SittingState.OPEN, None
    sitting.reopened_reason = reason
    reopened = SittingReopened(sitting_id=sitting.id, reason=FreeText(reason))
    tx.record(sitting_stream(sitting.id), reopened)
