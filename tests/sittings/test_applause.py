"""Applause: what it is for, and one entry when that is over."""

from __future__ import annotations

import pytest

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.sittings.applause.commands import count_applause
from consultazione.sittings.applause.events import ApplauseCounted
from consultazione.sittings.applause.queries import Subject, applauded_now, has_ended
from consultazione.sittings.floor.commands.floor import end_floor, give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.breaks import resume_sitting, suspend_sitting
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from tests.support.meeting import Meeting, meet


def now(meeting: Meeting) -> tuple[Subject | None, int | None]:
    with meeting.make.session() as session:
        return applauded_now(session, meeting.sitting.id)


def speech(meeting: Meeting) -> Subject:
    """Anna has the floor."""
    at = {"sitting_id": meeting.sitting.id}
    hand = meeting.run(raise_hand, meeting.anna, **at)
    meeting.run(give_floor, meeting.facilitator, hand_id=hand.id)
    return Subject(hand_id=hand.id)


def count(meeting: Meeting, subject: Subject, number: int = 34) -> None:
    at = {"sitting_id": meeting.sitting.id}
    meeting.run(count_applause, SYSTEM, **at, subject=subject, count=number)


def test_it_is_for_the_speech_else_for_the_point(meeting: Meeting) -> None:
    chair, at = meeting.facilitator, {"sitting_id": meeting.sitting.id}
    assert now(meeting) == (None, None)
    point = Subject(point_id=meeting.points()[0].id)
    meeting.run(start_point, chair, point_id=point.point_id)
    assert now(meeting) == (point, None)
    hers = speech(meeting)
    assert now(meeting) == (hers, meeting.anna.person_id)
    meeting.run(suspend_sitting, chair, **at, reason="Pausa")
    assert now(meeting) == (None, None)
    meeting.run(resume_sitting, chair, **at)
    assert now(meeting) == (point, None)


def test_it_is_recorded_once_when_it_is_over(meeting: Meeting) -> None:
    hers = speech(meeting)
    with pytest.raises(Conflict, match="is over"):
        count(meeting, hers)
    meeting.run(end_floor, meeting.anna, hand_id=hers.hand_id)
    for number in (34, 35):
        count(meeting, hers, number)
    with meeting.make.session() as session:
        entries = log.read_stream(session, f"sitting:{meeting.sitting.id}")
    told = [entry.event for entry in entries if entry.kind == "applause.counted"]
    assert told == [ApplauseCounted(hand_id=hers.hand_id, point_id=None, count=34)]


def test_a_point_that_is_over_has_its_own(meeting: Meeting) -> None:
    point = Subject(point_id=meeting.points()[0].id)
    meeting.run(start_point, meeting.facilitator, point_id=point.point_id)
    with meeting.make.session() as session:
        assert not has_ended(session, meeting.sitting.id, point)
    meeting.run(close_point, meeting.facilitator, point_id=point.point_id)
    count(meeting, point)
    assert meeting.kinds()[-1] == "applause.counted"


def test_nobody_else_counts_and_no_other_sitting(meeting: Meeting) -> None:
    hers, other = speech(meeting), meet(meeting.make)
    meeting.run(end_floor, meeting.anna, hand_id=hers.hand_id)
    with pytest.raises(NotAllowed):
        meeting.run(
            count_applause, meeting.facilitator, sitting_id=meeting.sitting.id, subject=hers,
            count=1000,
        )  # fmt: skip
    with pytest.raises(Conflict, match="is over"):
        count(other, hers)


def test_the_closing_of_the_sitting_stays_its_last_entry(meeting: Meeting) -> None:
    hers = speech(meeting)
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    with pytest.raises(Conflict):
        count(meeting, hers)
    with meeting.make.session() as session:
        assert has_ended(session, meeting.sitting.id, hers)
        assert has_ended(session, 2**40, hers)
    assert meeting.kinds()[-1] == "sitting.closed"
