"""Commands of the hall: the desk checks people in and out; others type the hall's code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.models import Person
from consultazione.people.queries import has_address
from consultazione.sittings.attendance import steps
from consultazione.sittings.attendance.admission import require_attending
from consultazione.sittings.attendance.check_in import is_known_in
from consultazione.sittings.attendance.check_in_codes import is_entry_code
from consultazione.sittings.locking import lock_attendance, require_at, require_open, share_sitting
from consultazione.sittings.models import Attendance, Sitting, SittingState


def check_in(tx: Transaction, *, sitting_id: int, person_id: int, email: str = "") -> Attendance:
    """Check a person in as present in the hall, on behalf of the desk; idempotent.

    email: the person's address, which they tell the desk; needed for those alone who have had
    nothing to do with the zone, so that nobody learns their names by trying numbers.

    The entry's actor is whoever runs the desk. The person stays present until they are
    checked out or leave: a silent device does not end it. Locks the sitting FOR SHARE.
    NotFound if there is no such person, Conflict if the sitting is not open.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.CHECK_IN, sitting)
    require_open(sitting)
    at_hand = is_known_in(sitting.table.zone_id) | has_address(email)
    if tx.session.scalar(select(Person.id).where(Person.id == person_id, at_hand)) is None:
        raise NotFound(_("There is no such person."))
    require_attending(tx, sitting, person_id)
    attendance = steps.arrive(tx, sitting, person_id)
    attendance.in_hall = True
    return attendance


def check_in_by_code(tx: Transaction, *, code: str) -> Attendance:
    """Check the actor in as present in the hall of the open sitting with this code.

    Idempotent. Locks the sitting FOR SHARE. Invalid if no open sitting has this code.
    """
    require(tx.actor, Permission.CHECK_IN_BY_CODE)
    person_id = acting_person(tx.actor)
    sitting = share_sitting(tx, _sitting_with_code(tx, code))
    require_open(sitting)
    require_attending(tx, sitting, person_id)
    attendance = steps.arrive(tx, sitting, person_id)
    attendance.in_hall = True
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
    """Return the id of the open sitting with this code; Invalid if there is none."""
    open_ids = tx.session.scalars(select(Sitting.id).where(Sitting.state == SittingState.OPEN))
    for sitting_id in open_ids.all():
        if is_entry_code(tx.secret, sitting_id, code):
            return sitting_id
    raise Invalid.at(
        "code", _("No sitting that is open now has this code: read it again from the screen.")
    )
