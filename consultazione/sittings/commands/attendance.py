"""Coming into a sitting and leaving it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed
from consultazione.people.permissions import acting_person
from consultazione.sittings.commands import steps
from consultazione.sittings.commands.fetch import (
    attendance_of,
    require_at,
    require_open,
    sitting_shared,
)
from consultazione.sittings.models import Attendance


def enter_sitting(tx: Transaction, *, sitting_id: int) -> Attendance:
    """The actor comes into an open sitting; harmless if they are in it.

    They speak for the organisation of their oldest valid mandate, or for themselves.
    """
    sitting = sitting_shared(tx, sitting_id)
    require_at(tx, "enter_sitting", sitting)
    require_open(sitting)
    return steps.arrive(tx, sitting, acting_person(tx.actor))


def leave_sitting(
    tx: Transaction, *, sitting_id: int, person_id: int | None = None
) -> Attendance | None:
    """The actor leaves a sitting; the platform may see somebody (`person_id`) off.

    Harmless, and None, if they are not in it. A raised hand goes down, a floor ends.
    """
    sitting = sitting_shared(tx, sitting_id)
    require_at(tx, "leave_sitting", sitting)
    attendance = attendance_of(tx, sitting.id, _who_leaves(tx, person_id))
    if attendance is not None:
        steps.depart(tx, attendance)
    return attendance


def _who_leaves(tx: Transaction, person_id: int | None) -> int:
    if person_id is None:
        return acting_person(tx.actor)
    if person_id != tx.actor.person_id and not tx.actor.is_system:
        raise NotAllowed(_("Nobody can leave a sitting for somebody else."))
    return person_id
