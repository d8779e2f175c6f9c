"""Breaks stop the clock; points are reordered, and any other business stays last."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from consultazione.core.actor import SYSTEM
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.sittings.agenda.commands.order import move_point
from consultazione.sittings.agenda.commands.points import add_point
from consultazione.sittings.agenda.points import is_any_other_business
from consultazione.sittings.floor.commands.floor import give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.breaks import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.models import AgendaPoint, PointState
from consultazione.sittings.polls.commands.polls import open_poll
from tests.support.factories import Factory
from tests.support.meeting import Meeting


def lead(meeting: Meeting, command: Any, **fields: Any) -> Any:
    """Run a command as the chair, on the sitting unless the fields name a point."""
    if not {"point_id", "hand_id"} & set(fields):
        fields["sitting_id"] = meeting.sitting.id
    return meeting.run(command, meeting.facilitator, **fields)


def test_while_it_is_suspended_nothing_goes_on(meeting: Meeting) -> None:
    point = meeting.points()[0]
    lead(meeting, start_point, point_id=point.id)
    hand = meeting.run(raise_hand, meeting.anna, sitting_id=meeting.sitting.id)
    for _ in range(2):
        lead(meeting, suspend_sitting, reason="Coffee")
    assert meeting.snapshot()["sitting"]["suspended"]["reason"] == "Coffee"
    refused: list[tuple[Any, dict[str, Any]]] = [
        (give_floor, {"hand_id": hand.id}),
        (start_point, {"point_id": meeting.points()[1].id}),
        (suspend_point, {"point_id": point.id}),
        (open_poll, {"question": "Agreed?"}),
    ]
    for command, fields in refused:
        with pytest.raises(Conflict, match="suspended"):
            lead(meeting, command, **fields)
    for _ in range(2):
        lead(meeting, resume_sitting)
    lead(meeting, give_floor, hand_id=hand.id)
    assert meeting.snapshot()["sitting"]["suspended"] is None
    assert meeting.kinds().count("sitting.suspended") == 1
    assert meeting.kinds().count("sitting.resumed") == 1


def test_time_stands_still_in_a_break(meeting: Meeting) -> None:
    point = meeting.points()[0]
    lead(meeting, start_point, point_id=point.id)
    _earlier(meeting, minutes=5)
    lead(meeting, suspend_sitting, reason="Coffee")
    paused = meeting.snapshot()["agenda"][0]
    assert (paused["spent"] // 60, paused["running_since"]) == (5, None)
    lead(meeting, resume_sitting)
    _earlier(meeting, minutes=2)
    lead(meeting, suspend_point, point_id=point.id)
    assert meeting.snapshot()["agenda"][0]["spent"] // 60 == 7
    lead(meeting, start_point, point_id=point.id)
    lead(meeting, close_point, point_id=point.id)
    assert meeting.points()[0].spent // 60 == 7


def test_a_sitting_can_end_in_a_break_but_not_break_off_a_vote(meeting: Meeting) -> None:
    poll = lead(meeting, open_poll, question="Agreed?")
    assert poll
    with pytest.raises(Conflict):
        lead(meeting, suspend_sitting, reason="Coffee")
    other = meeting.make.sitting()
    chair = meeting.make.presided(other)
    meeting.run(suspend_sitting, chair, sitting_id=other.id, reason="Alarm")
    meeting.run(close_sitting, chair, sitting_id=other.id)


def test_a_point_is_put_aside_and_taken_up_again(meeting: Meeting) -> None:
    first, second, _ = meeting.points()
    with pytest.raises(Conflict):
        lead(meeting, suspend_point, point_id=first.id)
    lead(meeting, start_point, point_id=first.id)
    for _ in range(2):
        lead(meeting, suspend_point, point_id=first.id)
    lead(meeting, start_point, point_id=second.id)
    with pytest.raises(Conflict):
        lead(meeting, close_point, point_id=first.id)
    lead(meeting, start_point, point_id=first.id)
    states = [point.state for point in meeting.points()]
    assert states == [PointState.CURRENT, PointState.DONE, PointState.PENDING]
    assert meeting.kinds().count("agenda.point_suspended") == 1


def test_points_to_come_are_put_in_another_order(make: Factory) -> None:
    sitting = make.sitting(points=("One", "Two", "Three", "Varie ed eventuali"))
    meeting = Meeting(make, sitting, make.presided(sitting), make.citizen(), make.citizen())
    one, two, three, varie = meeting.points()
    lead(meeting, move_point, point_id=three.id, before=one.id)
    lead(meeting, move_point, point_id=three.id, before=one.id)
    assert [p.title for p in meeting.points()] == ["Three", "One", "Two", "Varie ed eventuali"]
    assert meeting.kinds().count("agenda.reordered") == 1
    for point_id, before in ((varie.id, one.id), (two.id, None)):
        with pytest.raises(Conflict, match="stays the last"):
            lead(meeting, move_point, point_id=point_id, before=before)
    lead(meeting, start_point, point_id=three.id)
    for point_id, before in ((two.id, three.id), (three.id, two.id), (two.id, 10**9)):
        with pytest.raises(Conflict, match="still to come"):
            lead(meeting, move_point, point_id=point_id, before=before)


def test_a_point_is_added_before_any_other_business(make: Factory) -> None:
    sitting = make.sitting(points=("One", "Any other business."))
    with make.database.transaction(SYSTEM) as tx:
        added = add_point(tx, sitting_id=sitting.id, title="Two")
    assert added.rank == 2
    meeting = Meeting(make, sitting, make.citizen(), make.citizen(), make.citizen())
    assert [p.title for p in meeting.points()] == ["One", "Two", "Any other business."]
    assert [p["title"] for p in meeting.snapshot()["agenda"]][1] == "Two"


def test_the_usual_words_for_any_other_business() -> None:
    assert is_any_other_business(" Varie  ed Eventuali. ")
    assert not is_any_other_business("Varie proposte sul trasporto")


def test_only_who_presides_breaks_off(meeting: Meeting) -> None:
    point = meeting.points()[0]
    acts: list[tuple[Any, dict[str, Any]]] = [
        (suspend_sitting, {"sitting_id": meeting.sitting.id, "reason": "?"}),
        (resume_sitting, {"sitting_id": meeting.sitting.id}),
        (suspend_point, {"point_id": point.id}),
        (move_point, {"point_id": point.id, "before": None}),
    ]
    for command, fields in acts:
        with pytest.raises(NotAllowed):
            meeting.run(command, meeting.anna, **fields)


def _earlier(meeting: Meeting, minutes: int) -> None:
    """Move the start of the current point into the past."""
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        since = AgendaPoint.running_since - timedelta(minutes=minutes)
        running = AgendaPoint.running_since.is_not(None)
        tx.session.execute(update(AgendaPoint).where(running).values(running_since=since))
