"""Steps that several commands take: each changes one thing and records it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.sittings.commands.fetch import attendances_of, hand_speaking, open_hands
from consultazione.sittings.events import (
    Entered,
    FloorEnded,
    HandWithdrawn,
    Left,
    PointClosed,
    attendance_stream,
    sitting_stream,
)
from consultazione.sittings.models import (
    AgendaPoint,
    Attendance,
    Hand,
    HandState,
    PointState,
    Sitting,
)
from consultazione.sittings.pauses.steps import stop_clock
from consultazione.sittings.roll.queries import voices_at


def arrive(tx: Transaction, sitting: Sitting, person_id: int) -> Attendance:
    """A person is in the sitting from now on; as they were, if they are in it already."""
    return arrive_together(tx, sitting, {person_id: tx.actor})[person_id]


def arrive_together(
    tx: Transaction, sitting: Sitting, coming: Mapping[int, Actor]
) -> dict[int, Attendance]:
    """Persons are in the sitting from now on, those who are in it already as they were.

    coming: the persons, each with whoever lets them in. Returns attendances by person.
    """
    present = attendances_of(tx, sitting.id, coming, alone=False)
    while missing := {p: actor for p, actor in coming.items() if p not in present}:
        present |= _come_in(tx, sitting, missing)
        # Another window of theirs may have come in at the same moment.
        others = missing.keys() - present.keys()
        present |= attendances_of(tx, sitting.id, others, alone=False) if others else {}
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


def put_down(tx: Transaction, hand: Hand) -> None:
    """A hand that is up goes down; who has the floor has finished."""
    if hand.state is HandState.SPEAKING:
        end_speaking(tx, hand)
        return
    hand.state = HandState.WITHDRAWN
    tx.record(sitting_stream(hand.sitting_id), HandWithdrawn(hand_id=hand.id))


def end_speaking(tx: Transaction, hand: Hand) -> None:
    """Who has the floor has finished."""
    hand.state = HandState.DONE
    hand.floor_to = tx.now
    taken = tx.now - (hand.floor_from or tx.now)
    hand.spoken = max(0, taken // timedelta(seconds=1))
    tx.record(sitting_stream(hand.sitting_id), FloorEnded(hand_id=hand.id, seconds=hand.spoken))


def end_floor_of(tx: Transaction, sitting_id: int) -> None:
    """Whoever has the floor in a sitting, if anybody, has finished."""
    hand = hand_speaking(tx, sitting_id)
    if hand is not None:
        end_speaking(tx, hand)


def finish_point(tx: Transaction, point: AgendaPoint) -> None:
    """The sitting is done with a point; whoever has the floor has finished with it."""
    end_floor_of(tx, point.sitting_id)
    point.state = PointState.DONE
    point.ended_at = tx.now
    spent = stop_clock(tx, point)
    tx.record(sitting_stream(point.sitting_id), PointClosed(point_id=point.id, spent=spent))
