"""Attendance: entering and leaving, for which organisation, and what leaving ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, VISITOR
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.people.models import Category
from consultazione.sittings.attendance.commands.presence import (
    enter_sitting,
    leave_sitting,
    mark_departed,
)
from consultazione.sittings.floor.commands.floor import give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from tests.support.factories import Factory
from tests.support.meeting import Meeting


def test_a_delegate_comes_in_for_their_organisation(meeting: Meeting) -> None:
    delegate = meeting.make.present(meeting.sitting, meeting.make.delegate(Category.UNION))
    room = meeting.snapshot()
    person = room["people"][str(delegate.person_id)]
    assert person["category"] == "union"
    assert person["organisation"].startswith("Organisation")
    assert room["presence"]["by_category"] == {"citizen": 3, "union": 1}
    assert str(meeting.anna.person_id) not in room["people"]  # counted, until they speak
    meeting.run(raise_hand, meeting.anna, sitting_id=meeting.sitting.id)
    citizen = meeting.snapshot()["people"][str(meeting.anna.person_id)]
    assert (citizen["organisation"], citizen["category"]) == (None, "citizen")


def test_entering_twice_is_entering_once(meeting: Meeting) -> None:
    stream = f"attendance:{meeting.sitting.id}"
    before = meeting.kinds(stream)
    meeting.run(enter_sitting, meeting.anna, sitting_id=meeting.sitting.id)
    assert meeting.kinds(stream) == before
    assert meeting.snapshot()["presence"]["count"] == 3


def test_who_leaves_and_comes_back_has_two_intervals(meeting: Meeting) -> None:
    for command in (leave_sitting, leave_sitting, enter_sitting):
        meeting.run(command, meeting.anna, sitting_id=meeting.sitting.id)
    with meeting.make.session() as session:
        entries = log.read_stream(session, f"attendance:{meeting.sitting.id}")
    hers = [e.kind for e in entries if e.actor_id == meeting.anna.person_id]
    assert hers == ["attendance.entered", "attendance.left", "attendance.entered"]


def test_who_leaves_no_longer_asks_for_the_floor_nor_has_it(meeting: Meeting) -> None:
    sitting_id = meeting.sitting.id
    speaking = meeting.run(raise_hand, meeting.anna, sitting_id=sitting_id)
    meeting.run(give_floor, meeting.facilitator, hand_id=speaking.id)
    meeting.run(raise_hand, meeting.bruno, sitting_id=sitting_id)
    meeting.run(leave_sitting, meeting.anna, sitting_id=sitting_id)
    assert meeting.snapshot()["floor"] is None
    meeting.run(leave_sitting, meeting.bruno, sitting_id=sitting_id)
    assert meeting.snapshot()["hands"] == []
    assert meeting.kinds()[-2:] == ["floor.ended", "hand.withdrawn"]


def test_the_platform_sees_off_whom_it_has_lost_and_nobody_else_does(meeting: Meeting) -> None:
    lost = [meeting.anna.person_id, meeting.bruno.person_id, meeting.make.citizen().person_id]
    fields = {"sitting_id": meeting.sitting.id, "persons": lost}
    for actor in (meeting.anna, meeting.bruno):
        meeting.run(raise_hand, actor, sitting_id=meeting.sitting.id)
    with pytest.raises(NotAllowed):
        meeting.run(mark_departed, meeting.facilitator, **fields)
    gone = meeting.run(mark_departed, SYSTEM, **fields)
    assert [one.person_id for one in gone] == lost[:2]
    assert meeting.run(mark_departed, SYSTEM, **fields) == []
    now = meeting.snapshot()
    assert now["presence"]["present"] == [meeting.facilitator.person_id]
    assert now["presence"]["count"] == 1
    assert now["hands"] == []


def test_nobody_enters_before_the_opening_or_without_an_account(make: Factory) -> None:
    sitting = make.sitting(starts_at=clock.now() + timedelta(days=2))
    with pytest.raises(Conflict), make.database.transaction(make.citizen()) as tx:
        enter_sitting(tx, sitting_id=sitting.id)
    sitting = make.sitting()
    with pytest.raises(NotAllowed), make.database.transaction(VISITOR) as tx:
        enter_sitting(tx, sitting_id=sitting.id)
