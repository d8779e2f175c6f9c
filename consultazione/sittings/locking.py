"""What commands of a sitting fetch, and the locks that they take.

The order of locks is the same everywhere: sitting, poll, attendance, hand. What
changes the course of a sitting holds its row alone; arrivals and departures share it,
so that they never wait for one another, but none can slip past its closing. One
person's acts wait for each other at the row of that person's attendance.
"""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.sittings.models import AgendaPoint, Attendance, PointState, Sitting, SittingState
from consultazione.sittings.rehearsals import confine_to_rehearsal

NOT_PRESENT = _("Enter the sitting first: only those present take part.")


def lock_sitting(tx: Transaction, sitting_id: int) -> Sitting:
    """A sitting whose course nobody else can change until the transaction ends."""
    return _sitting(tx, sitting_id, shared=False)


def share_sitting(tx: Transaction, sitting_id: int) -> Sitting:
    """A sitting that stays as it is until the transaction ends; others may share it."""
    return _sitting(tx, sitting_id, shared=True)


def lock_point(tx: Transaction, point_id: int) -> tuple[AgendaPoint, Sitting]:
    """A point of an agenda, and its sitting held alone."""
    point = tx.session.get(AgendaPoint, point_id)
    if point is None:
        raise NotFound(_("There is no such point on the agenda."))
    sitting = lock_sitting(tx, point.sitting_id)
    tx.session.refresh(point)
    return point, sitting


def current_point(tx: Transaction, sitting_id: int) -> AgendaPoint | None:
    """The point that a sitting deals with now."""
    return tx.session.scalar(
        select(AgendaPoint).filter_by(sitting_id=sitting_id, state=PointState.CURRENT)
    )


def lock_attendance(tx: Transaction, sitting_id: int, person_id: int) -> Attendance | None:
    """A person's attendance that has not ended, held alone."""
    return tx.session.scalar(
        select(Attendance)
        .filter_by(sitting_id=sitting_id, person_id=person_id, left_at=None)
        .with_for_update()
    )


def attendances_of(
    tx: Transaction, sitting_id: int, person_ids: Collection[int], *, alone: bool
) -> dict[int, Attendance]:
    """The attendances of several persons that have not ended, by person; held alone if asked.

    They are locked by id, as the platform does that sees several off at once.
    """
    query = (
        select(Attendance)
        .filter_by(sitting_id=sitting_id, left_at=None)
        .where(Attendance.person_id.in_(person_ids))
        .order_by(Attendance.id)
    )
    found = tx.session.scalars(query.with_for_update() if alone else query)
    return {attendance.person_id: attendance for attendance in found}


def require_present(tx: Transaction, sitting_id: int) -> Attendance:
    """The actor's attendance; Conflict if they are not in the sitting."""
    attendance = lock_attendance(tx, sitting_id, acting_person(tx.actor))
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    return attendance


def require_at(tx: Transaction, permission: Permission, sitting: Sitting) -> None:
    """Raise NotAllowed unless the actor has the permission at the sitting's table."""
    require(tx.actor, permission, zone_id=sitting.table.zone_id, table_id=sitting.table_id)


def require_open(sitting: Sitting) -> None:
    """Raise Conflict, with what to do, unless the sitting is open."""
    if sitting.state is SittingState.CONVENED:
        raise Conflict(_("The sitting has not begun: wait until it is opened."))
    require_not_closed(sitting)


def require_not_closed(sitting: Sitting) -> None:
    """Raise Conflict, with what to read, once the sitting is closed."""
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("The sitting is over: read its record and its minutes."))


def _sitting(tx: Transaction, sitting_id: int, *, shared: bool) -> Sitting:
    sitting = tx.session.get(
        Sitting, sitting_id, with_for_update={"read": shared}, populate_existing=True
    )
    if sitting is None:
        raise NotFound(_("There is no such sitting."))
    confine_to_rehearsal(tx, sitting.id)
    return sitting
