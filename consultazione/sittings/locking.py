"""Loads the rows that commands of a sitting work on, and locks them.

Locks are taken in the order that docs/architecture.md gives: sitting, poll, attendance, person,
mandate, proxy, hand. Commands that change the course of a sitting lock its row FOR UPDATE. Arrivals
and departures lock it FOR SHARE: they never wait for one another, and none slips past the closing.
The commands of one person queue at the row of that person's attendance.
"""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.columns import among
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.queries import lock_valid
from consultazione.sittings.models import AgendaPoint, Attendance, PointState, Sitting, SittingState
from consultazione.sittings.rehearsals import confine_to_rehearsal

NOT_PRESENT = _("Enter the sitting first: only those present take part.")
MANDATE_ENDED = _(
    "The mandate under which you came in has ended: leave the sitting and come in again."
)


def lock_sitting(tx: Transaction, sitting_id: int) -> Sitting:
    """Return a sitting, its row locked FOR UPDATE; NotFound if there is none.

    If it is a rehearsal, confines the transaction to it.
    """
    return _load_sitting(tx, sitting_id, shared=False)


def share_sitting(tx: Transaction, sitting_id: int) -> Sitting:
    """Return a sitting, its row locked FOR SHARE; NotFound if there is none.

    If it is a rehearsal, confines the transaction to it.
    """
    return _load_sitting(tx, sitting_id, shared=True)


def lock_point(tx: Transaction, point_id: int) -> tuple[AgendaPoint, Sitting]:
    """Return a point of an agenda and its sitting; NotFound if there is no such point.

    Locks the sitting's row FOR UPDATE, which protects its points too.
    """
    point = tx.session.get(AgendaPoint, point_id)
    if point is None:
        raise NotFound(_("There is no such point on the agenda."))
    sitting = lock_sitting(tx, point.sitting_id)
    tx.session.refresh(point)
    return point, sitting


def current_point(tx: Transaction, sitting_id: int) -> AgendaPoint | None:
    """Return the point under discussion, or None. Takes no lock."""
    return tx.session.scalar(
        select(AgendaPoint).filter_by(sitting_id=sitting_id, state=PointState.CURRENT)
    )


def lock_attendance(tx: Transaction, sitting_id: int, person_id: int) -> Attendance | None:
    """Return a person's current attendance, locked FOR UPDATE; None if they are not present."""
    return tx.session.scalar(
        select(Attendance)
        .filter_by(sitting_id=sitting_id, person_id=person_id, left_at=None)
        .with_for_update()
    )


def attendances_of(
    tx: Transaction, sitting_id: int, person_ids: Collection[int], *, lock: bool
) -> dict[int, Attendance]:
    """Return the current attendances of several persons, by person id.

    lock: whether to lock them FOR UPDATE, in the order of their ids, so that two batches
    never deadlock.
    """
    query = (
        select(Attendance)
        .filter_by(sitting_id=sitting_id, left_at=None)
        .where(among(Attendance.person_id, person_ids))
        .order_by(Attendance.id)
    )
    attendances = tx.session.scalars(query.with_for_update() if lock else query)
    return {attendance.person_id: attendance for attendance in attendances}


def require_present(tx: Transaction, sitting_id: int) -> Attendance:
    """Return the actor's attendance, locked FOR UPDATE; Conflict if they are not present.

    Conflict too if the mandate under which they came in has ended (`require_mandate`).
    """
    attendance = lock_attendance(tx, sitting_id, acting_person(tx.actor))
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    require_mandate(attendance, lock_valid(tx, [attendance.mandate_id]))
    return attendance


def require_mandate(attendance: Attendance, valid: Collection[int]) -> None:
    """Raise Conflict if somebody came in under a mandate that is not among the valid ones.

    valid: what `people.queries.lock_valid` returned. They came in for an organisation, so
    what they do from now on cannot be theirs alone without their knowing.
    """
    if attendance.mandate_id is not None and attendance.mandate_id not in valid:
        raise Conflict(MANDATE_ENDED)


def require_at(tx: Transaction, permission: Permission, sitting: Sitting) -> None:
    """Raise NotAllowed unless the actor has the permission at the sitting's table."""
    require(tx.actor, permission, zone_id=sitting.table.zone_id, table_id=sitting.table_id)


def require_open(sitting: Sitting) -> None:
    """Raise Conflict unless the sitting is open; the message says what to do instead."""
    if sitting.state is SittingState.CONVENED:
        raise Conflict(_("The sitting has not begun: wait until it is opened."))
    require_not_closed(sitting)


def require_admits(tx: Transaction, sitting: Sitting) -> None:
    """Raise Conflict unless people may come into the sitting, or wait for its opening."""
    if not sitting.admits(tx.today):
        require_open(sitting)


def require_not_closed(sitting: Sitting) -> None:
    """Raise Conflict once the sitting is closed or cancelled; the message says what to do."""
    if sitting.state is SittingState.CANCELLED:
        raise Conflict(_("The sitting was cancelled: it is not held."))
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("The sitting is over: read its record and its minutes."))


def _load_sitting(tx: Transaction, sitting_id: int, *, shared: bool) -> Sitting:
    sitting = tx.session.get(
        Sitting, sitting_id, with_for_update={"read": shared}, populate_existing=True
    )
    if sitting is None:
        raise NotFound(_("There is no such sitting."))
    confine_to_rehearsal(tx, sitting.id)
    return sitting
