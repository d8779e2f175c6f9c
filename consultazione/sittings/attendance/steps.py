"""Steps of arriving and departing that several commands share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects.postgresql import insert

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.sittings.attendance.events import Entered, Left, attendance_stream
from consultazione.sittings.attendance.roll import voices_at
from consultazione.sittings.floor.locking import open_hands
from consultazione.sittings.floor.steps import put_down
from consultazione.sittings.locking import attendances_of
from consultazione.sittings.models import Attendance, Sitting


def arrive(tx: Transaction, sitting: Sitting, person_id: int) -> Attendance:
    """A person is in the sitting from now on; as they were, if they are in it already."""
    return arrive_many(tx, sitting, {person_id: tx.actor})[person_id]


def arrive_many(
    tx: Transaction, sitting: Sitting, coming: Mapping[int, Actor]
) -> dict[int, Attendance]:
    """Persons are in the sitting from now on, those who are in it already as they were.

    coming: the persons, each with whoever lets them in. Returns attendances by person.
    """
    present = attendances_of(tx, sitting.id, coming, lock=False)
    while missing := {p: actor for p, actor in coming.items() if p not in present}:
        present |= _come_in(tx, sitting, missing)
        # Another window of theirs may have come in at the same moment.
        others = missing.keys() - present.keys()
        present |= attendances_of(tx, sitting.id, others, lock=False) if others else {}
    return present


def _come_in(
    tx: Transaction, sitting: Sitting, coming: Mapping[int, Actor]
) -> dict[int, Attendance]:
    """Those of the persons who are in the sitting only from now on, by person."""
    voices = voices_at(tx.session, sitting, coming, on=tx.today)
    rows = [
        {
            "sitting_id": sitting.id,
            "person_id": person_id,
            "mandate_id": voices[person_id].mandate_id,
            "category": voices[person_id].category,
            "entered_at": tx.now,
        }
        # In one order everywhere: nobody waits for somebody who waits for them.
        for person_id in sorted(coming)
    ]
    statement = insert(Attendance).on_conflict_do_nothing().returning(Attendance)
    came = {attendance.person_id: attendance for attendance in tx.session.scalars(statement, rows)}
    for person_id in filter(came.__contains__, coming):
        with tx.acting_as(coming[person_id]):
            _record_entered(tx, came[person_id])
    return came


def _record_entered(tx: Transaction, attendance: Attendance) -> None:
    event = Entered(
        attendance_id=attendance.id,
        sitting_id=attendance.sitting_id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
    )
    tx.record(attendance_stream(attendance.sitting_id), event)


def depart(tx: Transaction, leaving: Sequence[Attendance]) -> None:
    """Persons are no longer in a sitting: their hands go down, their floor ends."""
    if leaving:
        for hand in open_hands(tx, leaving[0].sitting_id, [one.person_id for one in leaving]):
            put_down(tx, hand)
    for attendance in leaving:
        end_attendance(tx, attendance)


def end_attendance(tx: Transaction, attendance: Attendance) -> None:
    """A person, who has no hand up, is no longer in the sitting."""
    attendance.left_at = tx.now
    tx.record(
        attendance_stream(attendance.sitting_id),
        Left(
            attendance_id=attendance.id,
            sitting_id=attendance.sitting_id,
            person_id=attendance.person_id,
        ),
    )
