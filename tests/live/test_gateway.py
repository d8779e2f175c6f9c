"""Messages from browsers: done or refused with a reason, and never an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask_socketio import SocketIO

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.db import Database
from consultazione.live.brakes.concurrency_limit import ConcurrencyLimit
from consultazione.live.messages import MESSAGES
from consultazione.people.commands.accounts import sign_out_elsewhere
from consultazione.sittings.lifecycle.commands.opening import open_sitting
from consultazione.sittings.models import Sitting
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.socketio_browser import Browser
from tests.support.waiting import wait_until

Open = Callable[..., Browser]


@pytest.fixture
def sitting(make: Factory) -> Sitting:
    return make.sitting()


@pytest.fixture
def president(make: Factory, sitting: Sitting) -> Actor:
    return make.presided(sitting)


@pytest.fixture
def anna(make: Factory) -> Actor:
    return make.citizen()


def test_a_vote_from_the_question_to_the_result(
    browser: Open, sitting: Sitting, president: Actor, anna: Actor
) -> None:
    hers, chair = browser(anna), browser(president)
    assert hers.ask("enter", {"sitting": sitting.id})["ok"]
    asked = {"sitting": sitting.id, "question": "Approviamo la proposta?"}
    assert chair.ask("poll.open", asked) == {"ok": True}
    poll = hers.ask("enter", {"sitting": sitting.id})["snapshot"]["polls"][0]
    for _ in range(2):  # idempotent
        assert hers.ask("ballot.cast", {"poll": poll["id"], "choice": "yes"}) == {"ok": True}
    entered = hers.ask("enter", {"sitting": sitting.id})
    assert entered["mine"]["ballots"] == {str(poll["id"]): "yes"}
    assert chair.ask("poll.close", {"poll": poll["id"]}) == {"ok": True}
    closed = hers.ask("enter", {"sitting": sitting.id})["snapshot"]["polls"][0]
    assert (closed["tally"]["yes"], closed["electorate"], closed["carried"]) == (1, 1, True)


def test_to_enter_is_to_be_present_but_visitors_only_watch(
    browser: Open, sitting: Sitting, president: Actor, anna: Actor
) -> None:
    entered = browser(anna).ask("enter", {"sitting": sitting.id})
    assert entered["snapshot"]["presence"]["present"] == [president.person_id]
    assert entered["snapshot"]["presence"]["count"] == 2
    assert entered["mine"]["present"]
    watched = browser().ask("enter", {"sitting": sitting.id})
    assert watched["snapshot"]["presence"]["count"] == 2
    assert watched["mine"].items() >= {"person_id": None, "ballots": {}, "may": []}.items()


def test_whom_the_rule_of_the_table_keeps_out_watches_and_is_told_why(
    browser: Open, make: Factory, anna: Actor
) -> None:
    sitting = make.sitting(make.table(rule=TableRule(attend=Who.ORGANISATIONS)))
    make.presided(sitting)
    entered = browser(anna).ask("enter", {"sitting": sitting.id})
    assert entered["ok"]
    assert entered["snapshot"]["presence"]["count"] == 1
    assert (entered["mine"]["present"], entered["mine"]["outside"]) == (False, "organisations")


def test_who_waits_for_the_beginning_is_present_from_then_on(
    browser: Open, make: Factory, sitting: Sitting, anna: Actor, redis: Any
) -> None:
    hers, early = browser(anna), make.sitting(starts_at=clock.now() + timedelta(days=2))
    assert hers.ask("enter", {"sitting": early.id})["snapshot"]["presence"]["count"] == 0
    chair = make.holder(Role.FACILITATOR, early.table_id)
    with make.database.transaction(chair) as tx:
        open_sitting(tx, sitting_id=early.id, early_reason="All are here.")
    assert hers.ask("here", {"sitting": early.id}) == {"ok": True}
    assert hers.ask("enter", {"sitting": early.id})["mine"]["present"]


def test_who_waits_on_the_day_is_counted_before_the_opening(
    browser: Open, make: Factory, sitting: Sitting, anna: Actor, redis: Any
) -> None:
    hers = browser(anna)
    assert hers.ask("enter", {"sitting": sitting.id})["snapshot"]["presence"]["count"] == 1
    make.presided(sitting)
    entered = hers.ask("enter", {"sitting": sitting.id})
    assert (entered["snapshot"]["presence"]["count"], entered["mine"]["present"]) == (2, True)


def test_what_was_missed_comes_by_number(
    browser: Open, sitting: Sitting, president: Actor, anna: Actor
) -> None:
    hers = browser(anna)
    number = hers.ask("enter", {"sitting": sitting.id})["snapshot"]["number"]
    hers.ask("hand.raise", {"sitting": sitting.id})
    missed = hers.ask("enter", {"sitting": sitting.id, "after": number})
    assert [(e["number"], e["kind"]) for e in missed["entries"]] == [(number + 1, "hand.raised")]
    assert missed["number"] == number + 1
    assert str(anna.person_id) in missed["people"]
    assert missed["presence"]["count"] == 2
    ahead = hers.ask("enter", {"sitting": sitting.id, "after": number + 9})
    assert ahead["snapshot"]["number"] == number + 1


def test_who_has_missed_too_much_gets_the_room_anew(
    browser: Open, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultazione.live.snapshots.MOST_MISSED", 2)
    assert "snapshot" in browser().ask("enter", {"sitting": sitting.id, "after": 0})
    assert "entries" in browser().ask("enter", {"sitting": sitting.id, "after": 2})


def test_frames_reach_the_room_and_nobody_else(
    browser: Open, socketio: SocketIO, sitting: Sitting, make: Factory
) -> None:
    inside, outside = browser(), browser()
    inside.ask("enter", {"sitting": sitting.id})
    outside.ask("enter", {"sitting": make.sitting().id})
    socketio.server.emit("entries", {}, room=f"sitting:{sitting.id}")
    assert inside.frames() == ["entries"]
    assert outside.frames() == []


def test_to_leave_ends_the_attendance_at_once(
    browser: Open, sitting: Sitting, president: Actor, anna: Actor
) -> None:
    hers = browser(anna)
    hers.ask("enter", {"sitting": sitting.id})
    assert hers.ask("leave", {"sitting": sitting.id}) == {"ok": True}
    presence = browser().ask("enter", {"sitting": sitting.id})["snapshot"]["presence"]
    assert presence["present"] == [president.person_id]


@pytest.mark.parametrize(
    ("message", "data"),
    [
        ("leave", {"sitting": 1}),
        ("ballot.receipt", {"poll": 1}),
        ("poll.count_room", {"poll": 1, "choice": "yes", "votes": 1}),
        ("floor.end", {"hand": 1}),
    ],
)
def test_what_has_a_transaction_of_its_own_waits_for_its_turn(
    message: str,
    data: dict[str, Any],
    browser: Open,
    anna: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When a sitting ends all leave at once, and all who voted in secret ask for a receipt."""
    monkeypatch.setattr(
        "consultazione.live.messages._concurrency", ConcurrencyLimit(at_once=0, most_waiting=0)
    )
    answer = browser(anna).ask(message, data)
    assert (answer["error"], answer["retry_after"] > 0) == ("busy", True)


def test_a_dropped_connection_does_not_end_the_attendance(
    browser: Open, sitting: Sitting, president: Actor, anna: Actor
) -> None:
    hers = browser(anna)
    hers.ask("enter", {"sitting": sitting.id})
    hers.wire.disconnect()
    presence = browser().ask("enter", {"sitting": sitting.id})["snapshot"]["presence"]
    assert presence["count"] == 2


def test_a_public_stream_is_followed_without_its_texts(
    browser: Open, make: Factory, sitting: Sitting
) -> None:
    stream = f"table:{sitting.table_id}"
    answer = browser().ask("follow", {"stream": stream})
    assert answer["ok"]
    assert answer["number"] == len(answer["entries"]) > 0
    assert set(answer["entries"][0]) == {"number", "kind", "at"}


@pytest.mark.parametrize("stream", ["person:1", "attendance:1", "sitting:1", "table:0", "table:x"])
def test_no_other_stream_can_be_followed(browser: Open, stream: str) -> None:
    answer = browser().ask("follow", {"stream": stream})
    assert (answer["ok"], answer["error"]) == (False, "invalid")
    assert "stream" in answer["fields"]


def test_refusals_say_why_in_the_readers_language(
    browser: Open, sitting: Sitting, president: Actor, anna: Actor
) -> None:
    refused = browser(anna).ask("sitting.close", {"sitting": sitting.id})
    assert (refused["ok"], refused["error"]) == (False, "not_allowed")
    assert refused["detail"]
    visitor = browser().ask("hand.raise", {"sitting": sitting.id})
    assert visitor["error"] == "not_allowed"
    assert visitor["detail"] == "Accedi per farlo."


@pytest.mark.parametrize(
    "args",
    [
        (),
        (None,),
        ("text",),
        (7,),
        ([],),
        ({},),
        ({"sitting": 1}, {"sitting": 2}),
        ({"sitting": "x", "point": [], "hand": {}, "poll": None, "choice": 7},),
        ({"sitting": -1, "point": 2**80, "hand": 1.5, "poll": True, "stream": 3, "question": ""},),
        (
            {
                "sitting": 1,
                "question": "x" * 20_000,
                "poll": 1,
                "choice": "\x00",
                "stream": "x" * 999,
            },
        ),
    ],
)
def test_bad_messages_are_answered(browser: Open, args: tuple[Any, ...]) -> None:
    for name in MESSAGES:
        answer = browser().ask(name, *args)
        assert answer["ok"] is False, name
        assert answer["error"] in {"invalid", "not_found"}, name
        assert answer["detail"], name


def test_unknown_messages_are_answered(browser: Open) -> None:
    for name in ("poll.forge", "", "__class__", "message"):
        assert browser().ask(name, {"sitting": 1})["error"] == "not_found"


def test_a_message_without_acknowledgement_still_counts(
    browser: Open, sitting: Sitting, president: Actor, anna: Actor
) -> None:
    hers = browser(anna)
    hers.ask("enter", {"sitting": sitting.id})
    hers.wire.emit("hand.raise", {"sitting": sitting.id})
    hands = hers.ask("enter", {"sitting": sitting.id})["snapshot"]["hands"]
    assert [hand["person_id"] for hand in hands] == [anna.person_id]


def test_other_peoples_sittings_are_not_ones_own(
    browser: Open, make: Factory, sitting: Sitting, president: Actor
) -> None:
    """The chair of one table has no more rights than others at another."""
    other = make.sitting()
    make.presided(other)
    chair = browser(president)
    for message in ("sitting.close", "poll.open"):
        fields = (
            {"sitting": other.id, "question": "?"} if "poll" in message else {"sitting": other.id}
        )
        assert chair.ask(message, fields)["error"] == "not_allowed"


def test_a_revoked_sign_in_ends_the_connection(
    browser: Open, database: Database, sitting: Sitting, anna: Actor
) -> None:
    hers = browser(anna)
    assert hers.ask("enter", {"sitting": sitting.id})["ok"]
    with database.transaction(anna) as tx:
        sign_out_elsewhere(tx, key="another")
    assert hers.ask("leave", {"sitting": sitting.id})["error"] == "not_allowed"
    wait_until(lambda: not hers.wire.is_connected(), within=10)


def test_who_sends_by_the_thousand_is_known_for_a_moment_only(
    browser: Open,
    database: Database,
    sitting: Sitting,
    anna: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hers = browser(anna)
    assert hers.ask("here", {"sitting": sitting.id})["ok"]
    with database.transaction(anna) as tx:
        sign_out_elsewhere(tx, key="another")
    assert hers.ask("here", {"sitting": sitting.id})["ok"]
    monkeypatch.setattr("consultazione.live.actor_cache.KNOWN_FOR", 0.0)
    assert hers.ask("here", {"sitting": sitting.id})["error"] == "not_allowed"


def test_a_full_queue_says_when_to_come_again(
    browser: Open, app: Flask, sitting: Sitting, president: Actor
) -> None:
    chair = browser(president)
    chair.ask("poll.open", {"sitting": sitting.id, "question": "Approviamo?"})
    poll = chair.ask("enter", {"sitting": sitting.id})["snapshot"]["polls"][0]
    app.extensions["batched"].groups["ballot.cast"]._most_waiting = 0
    busy = chair.ask("ballot.cast", {"poll": poll["id"], "choice": "yes"})
    assert (busy["ok"], busy["error"], busy["retry_after"] > 0) == (False, "busy", True)
    assert busy["detail"]


def test_a_flood_is_slowed_down(browser: Open, sitting: Sitting) -> None:
    visitor = browser()
    answers = [visitor.ask("enter", {"sitting": 2**40}) for _ in range(60)]
    assert answers[-1]["error"] == "too_many"
    assert browser().ask("enter", {"sitting": sitting.id})["ok"]


def test_a_fault_of_ours_is_an_answer_with_a_number_to_quote(
    browser: Open, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the database")

    monkeypatch.setattr("consultazione.sittings.room.snapshot.room_snapshot", fail)
    answer = browser().ask("enter", {"sitting": sitting.id})
    assert answer["error"] == "fault"
    assert "secret" not in answer["detail"]


def test_every_act_may_carry_a_key() -> None:
    """The browser gives one to whatever a button sends."""
    watching = {"enter", "watch", "here", "follow", "questions.mine", "record.mine", "chat.read"}
    keyed = {name for name, message in MESSAGES.items() if "key" in message.schema().fields}
    assert keyed == set(MESSAGES) - watching
