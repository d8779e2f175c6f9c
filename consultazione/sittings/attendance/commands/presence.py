"""Commands that record who enters and leaves a sitting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, Refusal, Sentence
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.admission import kept_out
from consultazione.sittings.attendance import steps
from consultazione.sittings.locking import (
    attendances_of,
    lock_attendance,
    require_admits,
    require_at,
    share_sitting,
)
from consultazione.sittings.models import Attendance, Sitting


def enter_sitting(tx: Transaction, *, sitting_id: int) -> Attendance:
    """Enter a sitting as the actor; idempotent: returns the current attendance.

    The actor speaks for the organisation of their oldest valid mandate, for the delegate they
    substitute, or for themselves. Locks and errors as in `enter_many`.
    """
    (answer,) = enter_many(tx, sitting_id=sitting_id, actors=[tx.actor])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def enter_many(
    tx: Transaction, *, sitting_id: int, actors: Sequence[Actor]
) -> list[Attendance | Refusal]:
    """Enter a sitting as many actors, in the order given; on its day also to wait for it.

    Returns for each their attendance or their refusal; a refusal does not affect the others. Whom
    the table's rule does not let attend is refused with NotAllowed.
    Locks the sitting FOR SHARE. NotFound if there is no such sitting, Conflict if it admits
    nobody now (`Sitting.admits`).
    """
    sitting = share_sitting(tx, sitting_id)
    persons = [actor.person_id for actor in actors if actor.person_id is not None]
    outside = kept_out(tx.session, sitting, persons, at=tx.now)
    refusals = [_refusal(tx, sitting, actor, outside) for actor in actors]
    if not all(refusals):
        require_admits(tx, sitting)
    answered = list(zip(actors, refusals, strict=True))
    arriving = {acting_person(actor): actor for actor, refusal in answered if refusal is None}
    present = steps.arrive_many(tx, sitting, arriving)
    return [refusal or present[actor.person_id or 0] for actor, refusal in answered]


def _refusal(
    tx: Transaction, sitting: Sitting, actor: Actor, outside: Mapping[int, Sentence]
) -> Refusal | None:
    """Return why an actor may not enter; None if they may. outside: as `kept_out` returns it."""
    try:
        with tx.acting_as(actor):
            require_at(tx, Permission.ENTER_SITTING, sitting)
            person_id = acting_person(actor)
    except Refusal as refusal:
        return refusal
    return NotAllowed(outside[person_id]) if person_id in outside else None


def leave_sitting(tx: Transaction, *, sitting_id: int) -> Attendance | None:
    """Leave a sitting as the actor, withdrawing their hands and ending their floor.

    Idempotent: returns None if they are not present. Locks the sitting FOR SHARE, and the
    attendance and the hands FOR UPDATE.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.LEAVE_SITTING, sitting)
    attendance = lock_attendance(tx, sitting.id, acting_person(tx.actor))
    if attendance is not None:
        steps.depart(tx, [attendance])
    return attendance


def mark_departed(
    tx: Transaction, *, sitting_id: int, persons: Collection[int]
) -> list[Attendance]:
    """Record that persons whose devices fell silent have left; the platform runs this.

    Returns the attendances that it ended. Idempotent. Locks the sitting FOR SHARE, and the
    attendances and hands FOR UPDATE.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.MARK_DEPARTED, sitting)
    present = list(attendances_of(tx, sitting.id, persons, lock=True).values())
    steps.depart(tx, present)
    return present
