"""What commands of a sitting fetch, and the locks that they take.

The order of locks is the same everywhere: sitting, poll, attendance, hand. What
changes the course of a sitting holds its row alone; arrivals and departures share it,
so that they never wait for one another, but none can slip past its closing. One
person's acts wait for each other at the row of that person's attendance.
"""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.log import REHEARSED_FROM
from consultazione.people.permissions import acting_person, require
from consultazione.sittings.models import (
    REHEARSAL_NUMBERS,
    AgendaPoint,
    Attendance,
    Hand,
    HandState,
    PointState,
    Poll,
    PollState,
    Sitting,
    SittingState,
)
from consultazione.sittings.questions.models import Question

NOT_IN_HALL = _("The desk acts only for those who are in the hall: let them in first.")
NOT_PRESENT = _("Enter the sitting first: only those present take part.")


def sitting_alone(tx: Transaction, sitting_id: int) -> Sitting:
    """A sitting whose course nobody else can change until the transaction ends."""
    return _sitting(tx, sitting_id, shared=False)


def sitting_shared(tx: Transaction, sitting_id: int) -> Sitting:
    """A sitting that stays as it is until the transaction ends; others may share it."""
    return _sitting(tx, sitting_id, shared=True)


def number_of_its_own(tx: Transaction) -> int:
    """A number for a rehearsal, or for a poll of one: their streams are known by it."""
    number: int = tx.session.scalar(REHEARSAL_NUMBERS)
    return number


def note_rehearsal(tx: Transaction, sitting_id: int) -> None:
    """If the sitting is a rehearsal, all that the transaction does belongs to it."""
    if sitting_id >= REHEARSED_FROM:
        tx.rehearsal = sitting_id


def point_alone(tx: Transaction, point_id: int) -> tuple[AgendaPoint, Sitting]:
    """A point of an agenda, and its sitting held alone."""
    point = tx.session.get(AgendaPoint, point_id)
    if point is None:
        raise NotFound(_("There is no such point on the agenda."))
    sitting = sitting_alone(tx, point.sitting_id)
    tx.session.refresh(point)
    return point, sitting


def hand_locked(tx: Transaction, hand_id: int) -> Hand:
    """A request for the floor, as it stands now and until the transaction ends."""
    hand = tx.session.get(Hand, hand_id, with_for_update=True, populate_existing=True)
    if hand is None:
        raise NotFound(_("Nobody has asked for the floor under this number."))
    note_rehearsal(tx, hand.sitting_id)
    return hand


def hand_alone(tx: Transaction, hand_id: int) -> tuple[Hand, Sitting]:
    """A request for the floor, locked, and its sitting held alone."""
    hand = tx.session.get(Hand, hand_id)
    if hand is None:
        raise NotFound(_("Nobody has asked for the floor under this number."))
    sitting = sitting_alone(tx, hand.sitting_id)
    return hand_locked(tx, hand_id), sitting


def question_alone(tx: Transaction, question_id: int) -> tuple[Question, Sitting]:
    """A question that nobody else changes until the transaction ends; its sitting shared."""
    return _question(tx, question_id, shared=False)


def question_shared(tx: Transaction, question_id: int) -> tuple[Question, Sitting]:
    """A question that stays as it is until the transaction ends; others may share it."""
    return _question(tx, question_id, shared=True)


def open_hands(
    tx: Transaction, sitting_id: int, person_ids: Collection[int] | None = None
) -> list[Hand]:
    """The hands that are up or have the floor, in order, of all or of some persons; locked."""
    query = (
        select(Hand)
        .where(Hand.sitting_id == sitting_id)
        .where(Hand.state.in_([HandState.RAISED, HandState.SPEAKING]))
        .order_by(Hand.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if person_ids is not None:
        query = query.where(Hand.person_id.in_(person_ids))
    return list(tx.session.scalars(query))


def hand_speaking(tx: Transaction, sitting_id: int) -> Hand | None:
    """The hand that has the floor of a sitting, locked."""
    query = select(Hand).filter_by(sitting_id=sitting_id, state=HandState.SPEAKING)
    return tx.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def current_point(tx: Transaction, sitting_id: int) -> AgendaPoint | None:
    """The point that a sitting deals with now."""
    return tx.session.scalar(
        select(AgendaPoint).filter_by(sitting_id=sitting_id, state=PointState.CURRENT)
    )


def open_poll_of(tx: Transaction, sitting_id: int) -> Poll | None:
    """The poll that is open in a sitting, held alone."""
    return tx.session.scalar(
        select(Poll).filter_by(sitting_id=sitting_id, state=PollState.OPEN).with_for_update()
    )


def attendance_of(tx: Transaction, sitting_id: int, person_id: int) -> Attendance | None:
    """A person's attendance that has not ended, held alone."""
    return tx.session.scalar(
        select(Attendance)
        .filter_by(sitting_id=sitting_id, person_id=person_id, left_at=None)
        .with_for_update()
    )


def attendances_of(
    tx: Transaction, sitting_id: int, person_ids: Collection[int], *, alone: bool
) -> dict[int, Attendance]:
    """The attendances of several persons that have not ended, by person; held alone if asked.

    They are locked by id, as the platform does that sees several off at once.
    """
    query = (
        select(Attendance)
        .filter_by(sitting_id=sitting_id, left_at=None)
        .where(Attendance.person_id.in_(person_ids))
        .order_by(Attendance.id)
    )
    found = tx.session.scalars(query.with_for_update() if alone else query)
    return {attendance.person_id: attendance for attendance in found}


def present_actor(tx: Transaction, sitting_id: int) -> Attendance:
    """The actor's attendance; Conflict if they are not in the sitting."""
    attendance = attendance_of(tx, sitting_id, acting_person(tx.actor))
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    return attendance


def require_at(tx: Transaction, command: str, sitting: Sitting) -> None:
    """Raise NotAllowed unless the actor may run the command at the sitting's table."""
    require(tx.actor, command, zone_id=sitting.table.zone_id, table_id=sitting.table_id)


def require_open(sitting: Sitting) -> None:
    """Raise Conflict, with what to do, unless the sitting is open."""
    if sitting.state is SittingState.CONVENED:
        raise Conflict(_("The sitting has not begun: wait until it is opened."))
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("The sitting is over: read its record and its minutes."))


def require_no_open_poll(tx: Transaction, sitting_id: int) -> None:
    """Raise Conflict, with what to do, while people vote: no question is left by accident."""
    if open_poll_of(tx, sitting_id) is not None:
        raise Conflict(_("A poll is open: close it first."))


def _sitting(tx: Transaction, sitting_id: int, *, shared: bool) -> Sitting:
    sitting = tx.session.get(
        Sitting, sitting_id, with_for_update={"read": shared}, populate_existing=True
    )
    if sitting is None:
        raise NotFound(_("There is no such sitting."))
    note_rehearsal(tx, sitting.id)
    return sitting


def _question(tx: Transaction, question_id: int, *, shared: bool) -> tuple[Question, Sitting]:
    question = tx.session.get(Question, question_id)
    if question is None:
        raise NotFound(_("There is no such question."))
    sitting = sitting_shared(tx, question.sitting_id)
    tx.session.refresh(question, with_for_update={"read": shared})
    return question, sitting
