"""Steps that several commands take: each changes one thing and records it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.people.queries import voice_of
from consultazione.sittings.commands.fetch import attendance_of, open_hands
from consultazione.sittings.electorate import electorate_of
from consultazione.sittings.events import (
    Entered,
    FloorEnded,
    HandWithdrawn,
    Left,
    PointClosed,
    PollClosed,
    attendance_stream,
    sitting_stream,
)
from consultazione.sittings.models import (
    AgendaPoint,
    Attendance,
    Ballot,
    Hand,
    HandState,
    PointState,
    Poll,
    PollState,
    Sitting,
)
from consultazione.sittings.polls import KINDS


def arrive(tx: Transaction, sitting: Sitting, person_id: int) -> Attendance:
    """A person is in the sitting from now on; as they were, if they are in it already."""
    present = attendance_of(tx, sitting.id, person_id)
    if present is not None:
        return present
    voice = voice_of(tx.session, person_id, zone_id=sitting.table.zone_id, on=tx.today)
    attendance = Attendance(
        sitting_id=sitting.id,
        person_id=person_id,
        mandate_id=voice.mandate_id,
        category=voice.category,
        entered_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(attendance)
    except IntegrityError:  # another window of theirs came in at the same moment
        present = attendance_of(tx, sitting.id, person_id)
        if present is None:
            raise
        return present
    tx.record(
        attendance_stream(sitting.id),
        Entered(
            attendance_id=attendance.id,
            sitting_id=sitting.id,
            person_id=person_id,
            mandate_id=voice.mandate_id,
            category=voice.category,
        ),
    )
    return attendance


def depart(tx: Transaction, attendance: Attendance) -> None:
    """A person is no longer in the sitting: their hand goes down, their floor ends."""
    for hand in open_hands(tx, attendance.sitting_id, attendance.person_id):
        put_down(tx, hand)
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
    tx.record(sitting_stream(hand.sitting_id), FloorEnded(hand_id=hand.id))


def end_floor_of(tx: Transaction, sitting_id: int) -> None:
    """Whoever has the floor in a sitting, if anybody, has finished."""
    for hand in open_hands(tx, sitting_id):
        if hand.state is HandState.SPEAKING:
            end_speaking(tx, hand)


def finish_point(tx: Transaction, point: AgendaPoint) -> None:
    """The sitting is done with a point; whoever has the floor has finished with it."""
    end_floor_of(tx, point.sitting_id)
    point.state = PointState.DONE
    point.ended_at = tx.now
    tx.record(sitting_stream(point.sitting_id), PointClosed(point_id=point.id))


def count_poll(tx: Transaction, poll: Poll) -> None:
    """A poll is over: its ballots are counted against the electorate that it had."""
    kind = KINDS[poll.kind]
    electorate = electorate_of(tx.session, poll)
    tally = kind.tally(_ballots_by_choice(tx, poll.id))
    result = kind.result(tally, electorate=electorate)
    poll.state = PollState.CLOSED
    poll.closed_at = tx.now
    poll.electorate = electorate
    poll.result = {"tally": tally, "carried": result.carried, "grounds": result.grounds}
    tx.record(
        sitting_stream(poll.sitting_id),
        PollClosed(
            poll_id=poll.id,
            electorate=electorate,
            tally=tally,
            carried=result.carried,
            grounds=result.grounds,
        ),
    )


def _ballots_by_choice(tx: Transaction, poll_id: int) -> dict[str, int]:
    query = (
        select(Ballot.choice, func.count()).where(Ballot.poll_id == poll_id).group_by(Ballot.choice)
    )
    return dict(tx.session.execute(query).all())
