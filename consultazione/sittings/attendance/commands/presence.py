"""Coming into a sitting and leaving it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Refusal
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.attendance import steps
from consultazione.sittings.locking import (
    attendances_of,
    lock_attendance,
    require_at,
    require_open,
    share_sitting,
)
from consultazione.sittings.models import Attendance, Sitting


def enter_sitting(tx: Transaction, *, sitting_id: int) -> Attendance:
    """The actor comes into an open sitting; harmless if they are in it.

    They speak for the organisation of their oldest valid mandate, or for themselves.
    """
    (answer,) = enter_many(tx, sitting_id=sitting_id, actors=[tx.actor])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def enter_many(
    tx: Transaction, *, sitting_id: int, actors: Sequence[Actor]
) -> list[Attendance | Refusal]:
    """Many come into an open sitting, in the order given; a refusal of one spoils no other.

    Returns for each their attendance or why not; NotFound or Conflict if nobody can.
    """
    sitting = share_sitting(tx, sitting_id)
    refused = [_refusal(tx, sitting, actor) for actor in actors]
    if not all(refused):
        require_open(sitting)
    coming = {acting_person(a): a for a, no in zip(actors, refused, strict=True) if no is None}
    present = steps.arrive_many(tx, sitting, coming)
    return [no or present[actor.person_id or 0] for actor, no in zip(actors, refused, strict=True)]


def _refusal(tx: Transaction, sitting: Sitting, actor: Actor) -> Refusal | None:
    """Why an actor may not come in; None if they may."""
    try:
        with tx.acting_as(actor):
            require_at(tx, Permission.ENTER_SITTING, sitting)
            acting_person(actor)
    except Refusal as refusal:
        return refusal
    return None


def leave_sitting(tx: Transaction, *, sitting_id: int) -> Attendance | None:
    """The actor leaves a sitting: a raised hand goes down, a floor ends.

    Harmless, and None, if they are not in it.
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
    """The platform notes that persons are no longer in a sitting; those of them who were."""
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.MARK_DEPARTED, sitting)
    present = list(attendances_of(tx, sitting.id, persons, alone=True).values())
    steps.depart(tx, present)
    return present
