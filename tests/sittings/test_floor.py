"""The floor: raising hands, giving the floor to one person at a time, ending it."""

from __future__ import annotations

import pytest

from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.sittings.floor.commands.floor import end_floor, give_floor, withdraw_hand
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.floor.models import Hand
from consultazione.sittings.lifecycle.commands.points import start_point
from tests.support.meeting import Meeting


@pytest.fixture
def hand(meeting: Meeting) -> Hand:
    """Anna's raised hand."""
    raised: Hand = meeting.run(raise_hand, meeting.anna, sitting_id=meeting.sitting.id)
    return raised


def test_hands_queue_in_the_order_of_being_raised(meeting: Meeting, hand: Hand) -> None:
    other = meeting.run(raise_hand, meeting.bruno, sitting_id=meeting.sitting.id)
    again = meeting.run(raise_hand, meeting.anna, sitting_id=meeting.sitting.id)
    assert again.id == hand.id
    assert [h["id"] for h in meeting.snapshot()["hands"]] == [hand.id, other.id]
    assert meeting.kinds().count("hand.raised") == 2


def test_only_those_present_raise_a_hand(meeting: Meeting) -> None:
    with pytest.raises(Conflict):
        meeting.run(raise_hand, meeting.make.citizen(), sitting_id=meeting.sitting.id)


def test_a_hand_is_raised_to_the_point_under_discussion(meeting: Meeting) -> None:
    point = meeting.points()[1]
    meeting.run(start_point, meeting.facilitator, point_id=point.id)
    raised = meeting.run(raise_hand, meeting.bruno, sitting_id=meeting.sitting.id)
    assert raised.point_id == point.id


def test_who_raised_a_hand_takes_it_down(meeting: Meeting, hand: Hand) -> None:
    with pytest.raises(NotAllowed):
        meeting.run(withdraw_hand, meeting.bruno, hand_id=hand.id)
    for _ in range(2):
        meeting.run(withdraw_hand, meeting.anna, hand_id=hand.id)
    assert meeting.kinds().count("hand.withdrawn") == 1
    with pytest.raises(Conflict):
        meeting.run(give_floor, meeting.facilitator, hand_id=hand.id)
    with pytest.raises(NotFound):
        meeting.run(withdraw_hand, meeting.anna, hand_id=0)


def test_the_floor_passes_from_one_to_the_next(meeting: Meeting, hand: Hand) -> None:
    other = meeting.run(raise_hand, meeting.bruno, sitting_id=meeting.sitting.id)
    for given in (hand, hand, other):
        meeting.run(give_floor, meeting.facilitator, hand_id=given.id)
    assert meeting.kinds()[-3:] == ["floor.given", "floor.ended", "floor.given"]
    room = meeting.snapshot()
    assert room["floor"]["hand_id"] == other.id
    assert room["hands"] == []
    with pytest.raises(Conflict):
        meeting.run(withdraw_hand, meeting.bruno, hand_id=other.id)


def test_only_who_presides_gives_the_floor(meeting: Meeting, hand: Hand) -> None:
    with pytest.raises(NotAllowed):
        meeting.run(give_floor, meeting.bruno, hand_id=hand.id)
    with pytest.raises(NotFound):
        meeting.run(give_floor, meeting.facilitator, hand_id=0)


@pytest.mark.parametrize("who", ["anna", "facilitator"])
def test_the_floor_is_ended_by_who_has_it_or_who_presides(
    meeting: Meeting, hand: Hand, who: str
) -> None:
    with pytest.raises(Conflict):
        meeting.run(end_floor, getattr(meeting, who), hand_id=hand.id)
    meeting.run(give_floor, meeting.facilitator, hand_id=hand.id)
    with pytest.raises(NotAllowed):
        meeting.run(end_floor, meeting.bruno, hand_id=hand.id)
    for _ in range(2):
        meeting.run(end_floor, getattr(meeting, who), hand_id=hand.id)
    assert meeting.kinds().count("floor.ended") == 1
    assert meeting.snapshot()["floor"] is None
