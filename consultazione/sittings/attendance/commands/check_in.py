"""The hall: the desk lets in who is there without a device, others type the code they see."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.models import Person
from consultazione.sittings.attendance import steps
from consultazione.sittings.attendance.check_in_codes import is_entry_code
from consultazione.sittings.locking import lock_attendance, require_at, require_open, share_sitting
from consultazione.sittings.models import Attendance, Sitting, SittingState


def check_in(tx: Transaction, *, sitting_id: int, person_id: int) -> Attendance:
    """A person has come into the hall; harmless if they are in the sitting.

    The entry names who let them in. They stay until they are seen off or leave by
    themselves: no silence of a device ends it.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.CHECK_IN, sitting)
    require_open(sitting)
    if tx.session.get(Person, person_id) is None:
        raise NotFound(_("There is no such person."))
    attendance = steps.arrive(tx, sitting, person_id)
    attendance.in_hall = True
    return attendance


def check_in_by_code(tx: Transaction, *, code: str) -> Attendance:
    """The actor is in the hall of the sitting whose code they read there; as by the desk.

    Invalid without an open sitting that has this code; harmless if they are in it.
    """
    require(tx.actor, Permission.CHECK_IN_BY_CODE)
    person_id = acting_person(tx.actor)
    sitting = share_sitting(tx, _sitting_with(tx, code))
    require_open(sitting)
    attendance = steps.arrive(tx, sitting, person_id)
    attendance.in_hall = True
    return attendance


def check_out(tx: Transaction, *, sitting_id: int, person_id: int) -> Attendance | None:
    """A person has left the hall; harmless, and None, if they are not in the sitting."""
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.CHECK_OUT, sitting)
    attendance = lock_attendance(tx, sitting.id, person_id)
    if attendance is not None:
        steps.depart(tx, [attendance])
    return attendance


def _sitting_with(tx: Transaction, code: str) -> int:
    """The open sitting that has a code."""
    found = tx.session.scalars(select(Sitting.id).where(Sitting.state == SittingState.OPEN))
    for sitting_id in found.all():
        if is_entry_code(tx.secret, sitting_id, code):
            return sitting_id
    raise Invalid.at(
        "code", _("No sitting that is open now has this code: read it again from the screen.")
    )
