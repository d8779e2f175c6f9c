"""Steps of arrivals and departures that several commands share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects.postgresql import insert

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.people.models import Category
from consultazione.people.queries import Voice, lock_valid
from consultazione.sittings.attendance.events import CheckedIn, Entered, Left
from consultazione.sittings.attendance.roll import voices_at
from consultazione.sittings.events import attendance_stream
from consultazione.sittings.floor.locking import open_hands
from consultazione.sittings.floor.steps import lower_hand
from consultazione.sittings.locking import attendances_of
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.proxies.steps import end_proxies_of
from consultazione.sittings.voices import leaders_among


def arrive(tx: Transaction, sitting: Sitting, person_id: int) -> Attendance:
    """Record a person as present; idempotent: returns their current attendance if any."""
    return arrive_many(tx, sitting, {person_id: tx.actor})[person_id]


def arrive_many(
    tx: Transaction, sitting: Sitting, arriving: Mapping[int, Actor]
) -> dict[int, Attendance]:
    """Record persons as present; return their attendances by person id.

    Idempotent: returns the current attendance of those who are present already. arriving:
    each person's id with the actor of their entry, who is the person or the desk. The caller
    has locked the sitting at least FOR SHARE.
    """
    present = attendances_of(tx, sitting.id, arriving, lock=False)
    while missing := {p: actor for p, actor in arriving.items() if p not in present}:
        present |= _insert_missing(tx, sitting, missing)
        # Another of their windows may have entered at the same moment.
        others = missing.keys() - present.keys()
        present |= attendances_of(tx, sitting.id, others, lock=False) if others else {}
    return present


def _insert_missing(
    tx: Transaction, sitting: Sitting, arriving: Mapping[int, Actor]
) -> dict[int, Attendance]:
    """Insert and record the attendances of persons who are not present yet, by person id."""
    voices = voices_at(tx.session, sitting, arriving, at=tx.now)
    valid = lock_valid(tx, {voice.mandate_id for voice in voices.values()})
    for person_id, voice in voices.items():
        if voice.mandate_id not in valid:  # ended by another transaction meanwhile
            voices[person_id] = Voice(None, Category.CITIZEN)
    alone = [person_id for person_id, voice in voices.items() if voice.mandate_id is None]
    in_charge = leaders_among(tx.session, sitting, alone)
    rows = [
        {
            "sitting_id": sitting.id,
            "person_id": person_id,
            "mandate_id": voices[person_id].mandate_id,
            "category": voices[person_id].category,
            "entered_at": tx.now,
            "in_charge": person_id in in_charge,
        }
        # Sorted, so that two batches never deadlock.
        for person_id in sorted(arriving)
    ]
    statement = insert(Attendance).on_conflict_do_nothing().returning(Attendance)
    entered = {row.person_id: row for row in tx.session.scalars(statement, rows)}
    for person_id in filter(entered.__contains__, arriving):
        with tx.acting_as(arriving[person_id]):
            _record_entered(tx, entered[person_id])
    end_proxies_of(tx, entered.values())
    return entered


def _record_entered(tx: Transaction, attendance: Attendance) -> None:
    event = Entered(
        attendance_id=attendance.id,
        sitting_id=attendance.sitting_id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
        in_charge=attendance.in_charge,
    )
    tx.record(attendance_stream(attendance.sitting_id), event)


def register_in_hall(tx: Transaction, attendance: Attendance) -> None:
    """Record that somebody who is present is in the hall; idempotent."""
    if attendance.in_hall:
        return
    attendance.in_hall = True
    came = CheckedIn(
        attendance_id=attendance.id,
        sitting_id=attendance.sitting_id,
        person_id=attendance.person_id,
    )
    tx.record(attendance_stream(attendance.sitting_id), came)


def depart(tx: Transaction, leaving: Sequence[Attendance]) -> None:
    """End attendances of one sitting: withdraw their raised hands and end their floor.

    Locks the hands FOR UPDATE; the caller has locked the attendances.
    """
    if leaving:
        person_ids = [attendance.person_id for attendance in leaving]
        for hand in open_hands(tx, leaving[0].sitting_id, person_ids):
            lower_hand(tx, hand)
    for attendance in leaving:
        end_attendance(tx, attendance)


def end_attendance(tx: Transaction, attendance: Attendance) -> None:
    """End and record an attendance; the person has no open hand."""
    attendance.left_at = tx.now
    tx.record(
        attendance_stream(attendance.sitting_id),
        Left(
            attendance_id=attendance.id,
            sitting_id=attendance.sitting_id,
            person_id=attendance.person_id,
        ),
    )
