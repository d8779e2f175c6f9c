"""The desk of a hall: who presides lets people in who are there without a device of theirs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.people.models import Person
from consultazione.sittings.commands import steps
from consultazione.sittings.commands.fetch import (
    attendance_of,
    require_at,
    require_open,
    sitting_shared,
)
from consultazione.sittings.models import Attendance


def check_in(tx: Transaction, *, sitting_id: int, person_id: int) -> Attendance:
    """A person has come into the hall; harmless if they are in the sitting.

    The entry names who let them in. They stay until they are seen off or leave by
    themselves: no silence of a device ends it.
    """
    sitting = sitting_shared(tx, sitting_id)
    require_at(tx, "check_in", sitting)
    require_open(sitting)
    if tx.session.get(Person, person_id) is None:
        raise NotFound(_("There is no such person."))
    attendance = steps.arrive(tx, sitting, person_id)
    attendance.in_hall = True
    return attendance


def check_out(tx: Transaction, *, sitting_id: int, person_id: int) -> Attendance | None:
    """A person has left the hall; harmless, and None, if they are not in the sitting."""
    sitting = sitting_shared(tx, sitting_id)
    require_at(tx, "check_out", sitting)
    attendance = attendance_of(tx, sitting.id, person_id)
    if attendance is not None:
        steps.depart(tx, attendance)
    return attendance
