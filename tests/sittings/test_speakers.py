"""The list of speakers: orders by worked examples, the chair's choices, time limits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.sittings.attendance.commands.presence import leave_sitting
from consultazione.sittings.floor.commands.floor import end_floor, give_floor, withdraw_hand
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.floor.commands.speakers import (
    choose_order,
    extend_floor,
    limit_time,
    move_hand,
)
from consultazione.sittings.floor.models import Hand, HandKind, SpeakingOrder
from consultazione.sittings.floor.order import FloorHistory, RaisedHand, queue, room_queue
from tests.support.meeting import Meeting

NOBODY = FloorHistory()
# id, person, category
THREE_UNIONS_ONE_CITIZEN = [
    RaisedHand(1, 11, "union"),
    RaisedHand(2, 12, "union"),
    RaisedHand(3, 13, "union"),
    RaisedHand(4, 14, "citizen"),
]


@pytest.mark.parametrize(
    ("ordering", "said", "placed", "expected"),
    [
        ("first_come", FloorHistory({11: 500}, "union"), [], [1, 2, 3, 4]),
        ("alternate", NOBODY, [], [1, 4, 2, 3]),
        ("alternate", FloorHistory({}, "union"), [], [4, 1, 2, 3]),
        ("alternate", FloorHistory({}, "citizen"), [], [1, 4, 2, 3]),
        ("least_spoken", NOBODY, [], [1, 2, 3, 4]),
        ("least_spoken", FloorHistory({11: 60, 12: 10, 14: 10}), [], [3, 2, 4, 1]),
        ("by_hand", NOBODY, [3, 1], [3, 1, 2, 4]),
        ("by_hand", NOBODY, [9, 4], [4, 1, 2, 3]),
    ],
)
def test_the_order_by_worked_examples(
    ordering: str, said: FloorHistory, placed: list[int], expected: list[int]
) -> None:
    assert queue(THREE_UNIONS_ONE_CITIZEN, ordering, said, placed) == expected
    assert queue(THREE_UNIONS_ONE_CITIZEN[::-1], ordering, said, placed) == expected


@pytest.mark.parametrize("ordering", list(SpeakingOrder))
def test_points_of_order_come_first_and_replies_next(ordering: str) -> None:
    hands = [
        RaisedHand(1, 11, "union"),
        RaisedHand(2, 12, "citizen", "reply"),
        RaisedHand(3, 13, "union", "point_of_order"),
        RaisedHand(4, 14, "citizen", "point_of_order"),
    ]
    assert queue(hands, ordering, NOBODY, [1, 2, 3, 4]) == [3, 4, 2, 1]
    assert queue([], ordering, NOBODY) == []


class Podium:
    """Shortcuts for a meeting in which people ask for the floor."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.at = {"sitting_id": meeting.sitting.id}

    def raised(self, actor: Any, kind: HandKind = HandKind.FLOOR) -> int:
        hand: Hand = self.meeting.run(raise_hand, actor, **self.at, hand_kind=kind)
        return hand.id

    def lead(self, command: Any, **fields: Any) -> Any:
        return self.meeting.run(command, self.meeting.facilitator, **fields)

    def queue(self) -> list[int]:
        return room_queue(self.meeting.snapshot())


@pytest.fixture
def podium(meeting: Meeting) -> Podium:
    """A meeting in which nobody has asked for the floor."""
    return Podium(meeting)


def test_a_point_of_order_passes_before_a_hand_of_the_same_person(podium: Podium) -> None:
    meeting = podium.meeting
    first, second = podium.raised(meeting.bruno), podium.raised(meeting.anna)
    order = podium.raised(meeting.anna, HandKind.POINT_OF_ORDER)
    assert podium.raised(meeting.anna, HandKind.POINT_OF_ORDER) == order
    assert podium.queue() == [order, first, second]
    meeting.run(withdraw_hand, meeting.anna, hand_id=order)
    assert podium.queue() == [first, second]


def test_a_reply_is_to_who_has_the_floor(podium: Podium) -> None:
    meeting = podium.meeting
    with pytest.raises(Conflict):
        podium.raised(meeting.bruno, HandKind.REPLY)
    speech = podium.raised(meeting.anna)
    podium.lead(give_floor, hand_id=speech)
    with pytest.raises(Conflict):
        podium.raised(meeting.anna, HandKind.REPLY)
    podium.raised(meeting.bruno, HandKind.REPLY)
    (hand,) = meeting.snapshot()["hands"]
    assert (hand["hand_kind"], hand["reply_to"]) == ("reply", speech)


def test_who_leaves_takes_all_hands_down(podium: Podium) -> None:
    podium.raised(podium.meeting.anna)
    podium.raised(podium.meeting.anna, HandKind.POINT_OF_ORDER)
    podium.meeting.run(leave_sitting, podium.meeting.anna, **podium.at)
    assert podium.meeting.snapshot()["hands"] == []


def test_hands_are_moved_among_their_kind(podium: Podium) -> None:
    meeting = podium.meeting
    carla = meeting.make.present(meeting.sitting)
    one, two, three = (podium.raised(actor) for actor in (meeting.anna, meeting.bruno, carla))
    for _ in range(2):
        podium.lead(move_hand, hand_id=three, before=one)
    assert podium.queue() == [three, one, two]
    assert meeting.snapshot()["speakers"]["ordering"] == "by_hand"
    podium.lead(move_hand, hand_id=three, before=None)
    podium.lead(move_hand, hand_id=two, before=two)
    assert podium.queue() == [one, two, three]
    assert meeting.kinds().count("speakers.placed") == 2
    order = podium.raised(meeting.anna, HandKind.POINT_OF_ORDER)
    with pytest.raises(Conflict, match="keep their place"):
        podium.lead(move_hand, hand_id=two, before=order)
    with pytest.raises(Conflict, match="no longer ask"):
        podium.lead(move_hand, hand_id=two, before=10**9)
    with pytest.raises(NotFound):
        podium.lead(move_hand, hand_id=10**9, before=None)


def test_the_order_is_chosen_and_by_hand_begins_as_it_was(podium: Podium) -> None:
    meeting = podium.meeting
    one, two = podium.raised(meeting.anna), podium.raised(meeting.bruno)
    podium.lead(move_hand, hand_id=two, before=one)
    for _ in range(2):
        podium.lead(choose_order, **podium.at, ordering=SpeakingOrder.FIRST_COME)
    assert podium.queue() == [one, two]
    podium.lead(choose_order, **podium.at, ordering=SpeakingOrder.BY_HAND)
    assert meeting.snapshot()["speakers"]["placed"] == [one, two]
    assert meeting.kinds().count("speakers.order_chosen") == 2


def test_who_has_spoken_least_comes_first(podium: Podium) -> None:
    meeting = podium.meeting
    spoke = podium.raised(meeting.anna)
    podium.lead(give_floor, hand_id=spoke)
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        earlier = Hand.floor_from - timedelta(seconds=90)
        tx.session.execute(update(Hand).values(floor_from=earlier))
    podium.lead(end_floor, hand_id=spoke)
    again, first = podium.raised(meeting.anna), podium.raised(meeting.bruno)
    podium.lead(choose_order, **podium.at, ordering=SpeakingOrder.LEAST_SPOKEN)
    assert podium.queue() == [first, again]
    spoken = meeting.snapshot()["speakers"]["spoken"]
    assert spoken["categories"] == {"citizen": spoken["persons"][str(meeting.anna.person_id)]}
    assert 90 <= spoken["categories"]["citizen"] < 100


def test_time_is_limited_and_extended(podium: Podium) -> None:
    meeting = podium.meeting
    for _ in range(2):
        podium.lead(limit_time, **podium.at, seconds=120)
    hand = podium.raised(meeting.anna)
    with pytest.raises(Conflict):
        podium.lead(extend_floor, hand_id=hand, seconds=180)
    podium.lead(give_floor, hand_id=hand)
    assert meeting.snapshot()["floor"]["seconds"] == 120
    for _ in range(2):
        podium.lead(extend_floor, hand_id=hand, seconds=180)
    with pytest.raises(Invalid):
        podium.lead(extend_floor, hand_id=hand, seconds=60)
    assert meeting.snapshot()["floor"]["seconds"] == 180
    assert meeting.kinds().count("speakers.time_limited") == 1
    assert meeting.kinds().count("floor.extended") == 1
    podium.lead(limit_time, **podium.at, seconds=None)
    assert meeting.snapshot()["speakers"]["seconds"] is None


def test_only_who_presides_conducts(podium: Podium) -> None:
    meeting = podium.meeting
    hand = podium.raised(meeting.anna)
    acts: list[tuple[Any, dict[str, Any]]] = [
        (choose_order, {**podium.at, "ordering": SpeakingOrder.ALTERNATE}),
        (limit_time, {**podium.at, "seconds": 60}),
        (move_hand, {"hand_id": hand, "before": None}),
        (extend_floor, {"hand_id": hand, "seconds": 60}),
    ]
    for command, fields in acts:
        with pytest.raises(NotAllowed):
            meeting.run(command, meeting.anna, **fields)
