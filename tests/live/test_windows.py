"""One person in several windows and devices, and acts that are sent again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask_socketio import SocketIO

from consultazione.core.actor import Actor
from consultazione.live.room_names import person_room, sign_in_room
from consultazione.people.secret_tokens import digest_of
from consultazione.sittings.models import Sitting
from tests.support.factories import Factory
from tests.support.socketio_browser import Browser, Told

Open = Callable[..., Browser]


@pytest.fixture
def sitting(make: Factory) -> Sitting:
    sitting = make.sitting()
    make.presided(sitting)
    return sitting


@pytest.fixture
def anna(make: Factory) -> Actor:
    return make.citizen()


def in_the_room(browser: Open, sitting: Sitting) -> int:
    """How many are present beside the chair."""
    room = browser().ask("enter", {"sitting": sitting.id})["snapshot"]
    return int(room["presence"]["count"]) - 1


def test_a_person_in_two_windows_counts_once(browser: Open, sitting: Sitting, anna: Actor) -> None:
    for _ in range(2):
        assert browser(anna).ask("enter", {"sitting": sitting.id})["ok"]
    assert in_the_room(browser, sitting) == 1


def test_to_leave_tells_the_other_windows(
    browser: Open, told: Told, sitting: Sitting, anna: Actor
) -> None:
    hers = browser(anna)
    hers.ask("enter", {"sitting": sitting.id})
    assert hers.ask("leave", {"sitting": sitting.id}) == {"ok": True}
    ((room, event, payload),) = told.frames
    assert (room, event) == (person_room(anna.person_id or 0), "elsewhere")
    assert (payload["sitting"], payload["what"]) == (sitting.id, "left")
    assert payload["by"]


def test_one_window_takes_over_and_stays_present(
    browser: Open, told: Told, sitting: Sitting, anna: Actor
) -> None:
    phone = browser(anna)
    phone.ask("enter", {"sitting": sitting.id})
    assert phone.ask("take_over", {"sitting": sitting.id}) == {"ok": True}
    assert [frame[2]["what"] for frame in told.frames] == ["taken_over"]
    assert in_the_room(browser, sitting) == 1
    assert browser().ask("take_over", {"sitting": sitting.id})["error"] == "not_allowed"


def test_only_ones_own_windows_hear_it(
    browser: Open, socketio: SocketIO, sitting: Sitting, anna: Actor, make: Factory
) -> None:
    hers, other, visitor = browser(anna), browser(make.citizen()), browser()
    for window in (hers, other, visitor):
        window.ask("enter", {"sitting": sitting.id})
    socketio.server.emit("elsewhere", {}, room=person_room(anna.person_id or 0))
    assert [window.frames() for window in (hers, other, visitor)] == [["elsewhere"], [], []]


def test_an_act_sent_again_with_its_key_is_done_once(
    browser: Open, sitting: Sitting, anna: Actor
) -> None:
    hers = browser(anna)
    hers.ask("enter", {"sitting": sitting.id})
    raised = {"sitting": sitting.id, "key": str(uuid4())}
    assert hers.ask("hand.raise", raised) == {"ok": True}
    room = hers.ask("enter", {"sitting": sitting.id})["snapshot"]
    hers.ask("hand.withdraw", {"hand": room["hands"][0]["id"], "key": str(uuid4())})
    assert hers.ask("hand.raise", raised) == {"ok": True}  # late, and answered
    assert hers.ask("enter", {"sitting": sitting.id})["snapshot"]["hands"] == []


def test_replayed_and_broken_keys_are_refused(browser: Open, sitting: Sitting, anna: Actor) -> None:
    hers, key = browser(anna), str(uuid4())
    hers.ask("enter", {"sitting": sitting.id})
    assert hers.ask("hand.raise", {"sitting": sitting.id, "key": key})["ok"]
    hand = hers.ask("enter", {"sitting": sitting.id})["snapshot"]["hands"][0]["id"]
    assert hers.ask("hand.withdraw", {"hand": hand, "key": key})["error"] == "invalid"
    for broken in ("x", 7, [], {}, "0" * 4000):
        answer = hers.ask("hand.raise", {"sitting": sitting.id, "key": broken})
        assert answer["error"] == "invalid"
        assert "key" in answer["fields"]


def test_a_connection_rests_on_its_sign_in(
    browser: Open, socketio: SocketIO, make: Factory, anna: Actor
) -> None:
    hers, other = browser(anna), browser(make.citizen())
    with hers.wire.flask_test_client.session_transaction() as cookie:
        room = sign_in_room(digest_of(cookie["key"]))
    socketio.server.emit("resume", {}, room=room)
    assert (hers.frames(), other.frames()) == (["resume"], [])


def test_a_projector_watches_and_is_not_present(
    browser: Open, socketio: SocketIO, sitting: Sitting, anna: Actor
) -> None:
    screen = browser(anna)
    assert screen.ask("watch", {"sitting": sitting.id})["mine"]["person_id"] is None
    assert in_the_room(browser, sitting) == 0
    socketio.server.emit("entries", {}, room=f"sitting:{sitting.id}")
    assert screen.frames() == ["entries"]
