"""Commands of the hall: the desk checks people in and out; others type the hall's code."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.models import Person
from consultazione.people.queries import has_address
from consultazione.sittings.admission import require_attending
from consultazione.sittings.attendance import steps
from consultazione.sittings.attendance.check_in import is_known_in
from consultazione.sittings.attendance.check_in_codes import is_entry_code
from consultazione.sittings.locking import (
    lock_attendance,
    require_admits,
    require_at,
    share_sitting,
)
from consultazione.sittings.models import Attendance, Sitting, SittingState


def check_in(tx: Transaction, *, sitting_id: int, person_id: int, email: str = "") -> Attendance:
    """Check a person in as present in the hall, on behalf of the desk; idempotent.

    email: the person's address, which they tell the desk; needed for those alone who have had
    nothing to do with the zone, so that nobody learns their names by trying numbers.

    The entry's actor is whoever runs the desk. The person stays present until they are
    checked out or leave: a silent device does not end it. Locks the sitting FOR SHARE.
    NotFound if there is no such person, Conflict if the sitting admits nobody now: from the
    morning of its day on people can be checked in, who then wait for the opening.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.CHECK_IN, sitting)
    require_admits(tx, sitting)
    at_hand = is_known_in(sitting.table.zone_id) | has_address(email)
    if tx.session.scalar(select(Person.id).where(Person.id == person_id, at_hand)) is None:
        raise NotFound(_("There is no such person."))
    require_attending(tx, sitting, person_id)
    attendance = steps.arrive(tx, sitting, person_id)
    steps.register_in_hall(tx, attendance)
    return attendance


def check_in_by_code(tx: Transaction, *, code: str) -> Attendance:
    """Check the actor in as present in the hall of the sitting with this code.

    Idempotent. Locks the sitting FOR SHARE. Invalid if no sitting that is open, or waited for
    today, has this code.
    """
    require(tx.actor, Permission.CHECK_IN_BY_CODE)
    person_id = acting_person(tx.actor)
    sitting = share_sitting(tx, _sitting_with_code(tx, code))
    require_admits(tx, sitting)
    require_attending(tx, sitting, person_id)
    attendance = steps.arrive(tx, sitting, person_id)
    steps.register_in_hall(tx, attendance)
    return attendance


def check_out(tx: Transaction, *, sitting_id: int, person_id: int) -> Attendance | None:
    """Check a person out, on behalf of the desk, withdrawing their hands and floor.

    Idempotent: returns None if they are not present. Locks the sitting FOR SHARE, and the
    attendance and the hands FOR UPDATE.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.CHECK_OUT, sitting)
    attendance = lock_attendance(tx, sitting.id, person_id)
    if attendance is not None:
        steps.depart(tx, [attendance])
    return attendance


def _sitting_with_code(tx: Transaction, code: str) -> int:
    """Return the id of the sitting with this code that admits people now; Invalid without one."""
    going_on = Sitting.state.in_((SittingState.CONVENED, SittingState.OPEN))
    # Not those of later days, which a zone may have by the hundred.
    soon = Sitting.starts_at < tx.now + timedelta(days=1)
    begun = or_(Sitting.state == SittingState.OPEN, soon, Sitting.roll_called_at.is_not(None))
    for sitting in tx.session.scalars(select(Sitting).where(going_on, begun)).all():
        if sitting.admits(tx.today) and is_entry_code(tx.secret, sitting.id, code):
            return sitting.id
    raise Invalid.at(
        "code", _("No sitting that is open now has this code: read it again from the screen.")
    )
