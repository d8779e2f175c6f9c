"""Quotas of speaking time: a group that has used up its own comes after the others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Actor
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.people.models import Category
from consultazione.sittings.floor.commands.floor import end_floor, give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.floor.commands.speakers import (
    choose_order,
    move_hand,
    set_speaking_quotas,
)
from consultazione.sittings.floor.models import Hand, HandKind, QuotaScope, SpeakingOrder
from consultazione.sittings.floor.order import room_queue
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from tests.support.meeting import Meeting
from tests.support.rest_program import Program


def limit(meeting: Meeting, scope: QuotaScope = QuotaScope.SITTING, **minutes: int) -> Any:
    quotas = {Category(name): 60 * count for name, count in minutes.items()}
    return meeting.run(
        set_speaking_quotas, meeting.facilitator,
        sitting_id=meeting.sitting.id, quotas=quotas, quota_scope=scope,
    )  # fmt: skip


def ask(meeting: Meeting, who: Actor, kind: HandKind = HandKind.FLOOR) -> int:
    hand_id: int = meeting.run(raise_hand, who, sitting_id=meeting.sitting.id, hand_kind=kind).id
    return hand_id


def speak(meeting: Meeting, who: Actor, minutes: int) -> None:
    """Somebody has spoken for so long, by the times that the floor was given and ended."""
    hand_id = ask(meeting, who)
    meeting.run(give_floor, meeting.facilitator, hand_id=hand_id)
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        hand = tx.session.get_one(Hand, hand_id)
        assert hand.floor_from is not None
        hand.floor_from -= timedelta(minutes=minutes)
    meeting.run(end_floor, meeting.facilitator, hand_id=hand_id)


@pytest.fixture
def delegate(meeting: Meeting) -> Actor:
    """Somebody of a voluntary organisation, who is present; Anna and Bruno are citizens."""
    return meeting.make.present(meeting.sitting, meeting.make.delegate(Category.VOLUNTEERING))


@pytest.mark.parametrize("ordering", list(SpeakingOrder))
def test_a_group_without_time_comes_after_the_others_in_every_order(
    meeting: Meeting, delegate: Actor, ordering: SpeakingOrder
) -> None:
    limit(meeting, citizen=5, volunteering=5)
    meeting.run(choose_order, meeting.facilitator, sitting_id=meeting.sitting.id, ordering=ordering)
    speak(meeting, meeting.anna, 4)
    if ordering is not SpeakingOrder.ALTERNATE:  # which takes another group next anyway
        bruno, later = ask(meeting, meeting.bruno), ask(meeting, delegate)
        assert room_queue(meeting.snapshot()) == [bruno, later]
        speak(meeting, meeting.anna, 1)
        assert room_queue(meeting.snapshot()) == [later, bruno]
        return
    speak(meeting, delegate, 1)
    speak(meeting, meeting.anna, 1)
    speak(meeting, delegate, 1)
    bruno, later = ask(meeting, meeting.bruno), ask(meeting, delegate)
    assert room_queue(meeting.snapshot()) == [later, bruno]


def test_the_chair_gives_the_floor_all_the_same(meeting: Meeting, delegate: Actor) -> None:
    limit(meeting, citizen=1)
    speak(meeting, meeting.anna, 2)
    bruno = ask(meeting, meeting.bruno)
    ask(meeting, delegate)
    meeting.run(give_floor, meeting.facilitator, hand_id=bruno)
    floor = meeting.snapshot()["floor"]
    assert floor is not None
    assert floor["hand_id"] == bruno
    assert meeting.kinds()[-1] == "floor.given"


def test_time_by_point_begins_anew_with_the_next(meeting: Meeting, delegate: Actor) -> None:
    first, second, _last = meeting.points()
    limit(meeting, QuotaScope.POINT, citizen=5)
    asked = ask(meeting, meeting.bruno)  # before the point, and on it the floor is given
    meeting.run(start_point, meeting.facilitator, point_id=first.id)
    meeting.run(give_floor, meeting.facilitator, hand_id=asked)
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        hand = tx.session.get_one(Hand, asked)
        assert hand.floor_from is not None
        hand.floor_from -= timedelta(minutes=9)
    meeting.run(end_floor, meeting.facilitator, hand_id=asked)
    bruno, later = ask(meeting, meeting.bruno), ask(meeting, delegate)
    assert meeting.snapshot()["speakers"]["spoken"]["points"] == {str(first.id): {"citizen": 540}}
    assert room_queue(meeting.snapshot()) == [later, bruno]
    meeting.run(start_point, meeting.facilitator, point_id=second.id)
    assert room_queue(meeting.snapshot()) == [bruno, later]


def test_a_point_of_order_keeps_its_place(meeting: Meeting, delegate: Actor) -> None:
    limit(meeting, citizen=1)
    speak(meeting, meeting.anna, 2)
    later = ask(meeting, delegate, HandKind.POINT_OF_ORDER)
    bruno = ask(meeting, meeting.bruno, HandKind.POINT_OF_ORDER)
    floor = ask(meeting, delegate)
    assert room_queue(meeting.snapshot()) == [later, bruno, floor]


def test_a_hand_is_not_moved_before_those_that_still_have_time(
    meeting: Meeting, delegate: Actor
) -> None:
    limit(meeting, citizen=1)
    speak(meeting, meeting.anna, 2)
    anna, bruno, later = (ask(meeting, who) for who in (meeting.anna, meeting.bruno, delegate))
    for hand_id, before in ((bruno, later), (later, anna)):
        with pytest.raises(Conflict, match="give them the floor directly"):
            meeting.run(move_hand, meeting.facilitator, hand_id=hand_id, before=before)
    meeting.run(move_hand, meeting.facilitator, hand_id=bruno, before=anna)
    assert room_queue(meeting.snapshot()) == [later, bruno, anna]
    meeting.run(move_hand, meeting.facilitator, hand_id=later, before=None)
    placed = meeting.kinds().count("speakers.placed")
    meeting.run(move_hand, meeting.facilitator, hand_id=later, before=None)
    assert room_queue(meeting.snapshot()) == [later, bruno, anna]
    assert meeting.kinds().count("speakers.placed") == placed


def test_only_the_chair_of_an_open_sitting_sets_quotas(meeting: Meeting) -> None:
    with pytest.raises(NotAllowed):
        meeting.run(
            set_speaking_quotas, meeting.anna,
            sitting_id=meeting.sitting.id, quotas={Category.CITIZEN: 60},
        )  # fmt: skip
    limit(meeting, citizen=5)
    limit(meeting, citizen=5)
    assert meeting.kinds().count("speakers.quotas_set") == 1
    limit(meeting)
    assert meeting.snapshot()["speakers"]["quotas"] == {}
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    with pytest.raises(Conflict, match="over"):
        limit(meeting, citizen=5)


def test_a_program_sets_quotas_and_is_told_what_is_wrong(
    client: FlaskClient, meeting: Meeting
) -> None:
    chair = Program(client, meeting.make, meeting.facilitator)
    path = f"/sittings/{meeting.sitting.id}/speaking-quotas"
    said = {"quotas": {"union": 1200}, "quota_scope": "point"}
    assert chair.send(path, said, method="PUT").status_code == 204
    speakers = meeting.snapshot()["speakers"]
    assert (speakers["quotas"], speakers["quota_scope"]) == ({"union": 1200}, "point")
    for wrong in ({"union": 0}, {"nobody": 60}, {"union": "x"}, None):
        assert chair.send(path, {"quotas": wrong}, method="PUT").status_code == 422


def test_a_browser_without_scripts_reads_the_reason(
    client: FlaskClient, meeting: Meeting, delegate: Actor
) -> None:
    limit(meeting, citizen=1)
    speak(meeting, meeting.anna, 2)
    ask(meeting, delegate)
    page = f"/sedute/{meeting.sitting.id}/stanza"
    reason = '<span class="quiet">after the others: Citizens has used up its time</span>'
    assert reason not in client.get(page, headers={"Accept-Language": "en"}).text
    ask(meeting, meeting.bruno)
    assert reason in client.get(page, headers={"Accept-Language": "en"}).text
