"""The chat and applause on the wire: who reads and applauds, what is refused, who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from consultazione.core import clock, log
from consultazione.core.actor import Actor, Role
from consultazione.core.db import Database
from consultazione.live.beside import applause
from consultazione.live.beside.applause import MOST_EACH
from consultazione.live.pending_snapshots import PendingSnapshots
from consultazione.setup.commands.settings import change_zone
from consultazione.sittings.applause.events import ApplauseCounted
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.chat.commands.messages import write_chat_message
from consultazione.sittings.chat.models import LONGEST_MESSAGE
from consultazione.sittings.chat.queries import chat_newest
from consultazione.sittings.floor.commands.floor import end_floor, give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.models import Sitting
from tests.support.factories import Factory
from tests.support.socketio_browser import Browser, Told
from workers.loops.applause import ApplauseCount
from workers.loops.chats import Chats, ChatSweep
from workers.loops.pace import Pace
from workers.loops.tail import Tail

Open = Callable[..., Browser]


@pytest.fixture
def presiding(browser: Open, chair: Actor) -> Browser:
    return browser(chair)


@pytest.fixture
def anna(make: Factory, sitting: Sitting, chair: Actor) -> Actor:
    return make.present(sitting)


@pytest.fixture
def hers(browser: Open, anna: Actor) -> Browser:
    return browser(anna)


@pytest.fixture
def chats(database: Database, told: Told) -> Chats:
    return Chats(database, told, Pace())


@pytest.fixture
def clean(redis: Redis) -> Redis:
    for key in redis.scan_iter("applause:*"):
        redis.delete(key)
    return redis


@pytest.fixture
def applauses(database: Database, told: Told, clean: Redis) -> ApplauseCount:
    return ApplauseCount(database, told, clean)


def lines(who: Browser, sitting: Sitting) -> list[dict[str, Any]]:
    answer = who.ask("chat.read", {"sitting": sitting.id})
    assert answer["ok"], answer
    found: list[dict[str, Any]] = answer["chat"]["messages"]
    return found


def test_those_present_write_and_the_chair_hides(
    presiding: Browser, hers: Browser, sitting: Sitting
) -> None:
    here = {"sitting": sitting.id}
    assert hers.ask("chat.open", here)["error"] == "not_allowed"
    assert hers.ask("chat.write", {**here, "body": "Ciao"})["error"] == "conflict"
    assert presiding.ask("chat.open", here) == {"ok": True}
    key = "6f2f9f0e-6a0f-4f3d-9d0a-2f6f3c6f8a11"
    for _ in range(2):
        assert hers.ask("chat.write", {**here, "body": "<b>Ciao</b>", "key": key}) == {"ok": True}
    (line,) = lines(hers, sitting)
    assert line["body"] == "<b>Ciao</b>"
    hidden = {"chat_message": line["id"], "reason": "Fuori tema"}
    assert hers.ask("chat.hide", hidden)["error"] == "not_allowed"
    assert presiding.ask("chat.hide", hidden) == {"ok": True}
    assert [one["body"] for one in lines(hers, sitting)] == [None]
    assert [one["body"] for one in lines(presiding, sitting)] == ["<b>Ciao</b>"]
    assert presiding.ask("chat.show", {"chat_message": line["id"]}) == {"ok": True}
    assert [one["body"] for one in lines(hers, sitting)] == ["<b>Ciao</b>"]


@pytest.mark.parametrize("body", ["", "   ", "x" * (LONGEST_MESSAGE + 1), 7, None, ["a"]])
def test_a_message_that_is_none_is_refused_at_its_field(
    presiding: Browser, hers: Browser, sitting: Sitting, body: object
) -> None:
    presiding.ask("chat.open", {"sitting": sitting.id})
    refused = hers.ask("chat.write", {"sitting": sitting.id, "body": body})
    assert (refused["error"], [*refused["fields"]]) == ("invalid", ["body"])
    assert refused["fields"]["body"][0]
    assert lines(presiding, sitting) == []


def test_a_reason_is_asked_for_at_its_field(presiding: Browser, sitting: Sitting) -> None:
    refused = presiding.ask("chat.hide", {"chat_message": 1, "reason": ""})
    assert (refused["error"], [*refused["fields"]]) == ("invalid", ["reason"])
    refused = presiding.ask("chat.hide", {"chat_message": "one", "reason": "No"})
    assert [*refused["fields"]] == ["chat_message"]


def test_who_is_not_present_reads_nothing(
    browser: Open, make: Factory, presiding: Browser, sitting: Sitting
) -> None:
    presiding.ask("chat.open", {"sitting": sitting.id})
    presiding.ask("chat.write", {"sitting": sitting.id, "body": "Fra noi"})
    elsewhere = make.sitting()
    other_chair = make.presided(elsewhere)
    for who, error in (
        (None, "not_allowed"),
        (make.citizen(), "conflict"),
        (other_chair, "conflict"),
    ):
        refused = browser(who).ask("chat.read", {"sitting": sitting.id})
        assert (refused["error"], "Fra noi" in str(refused)) == (error, False)
    room = browser().ask("watch", {"sitting": sitting.id})
    assert room["snapshot"]["sitting"]["chat"] == "forgotten"
    assert "Fra noi" not in str(room)


def test_what_changes_reaches_the_chats_room_alone(
    presiding: Browser, hers: Browser, sitting: Sitting, chats: Chats, told: Told
) -> None:
    here = {"sitting": sitting.id}
    presiding.ask("chat.open", here)
    hers.ask("chat.write", {**here, "body": "Uno"})
    chats.turn()
    hers.ask("chat.write", {**here, "body": "Due"})
    for _ in range(2):
        chats.turn()
    assert [(room, event) for room, event, _ in told.frames] == [(f"chat:{sitting.id}", "chat")] * 2
    assert [[one["body"] for one in part["messages"]] for *_, part in told.frames] == [
        ["Uno"], ["Due"],
    ]  # fmt: skip
    presiding.ask("chat.hide", {"chat_message": lines(hers, sitting)[0]["id"], "reason": "No"})
    chats.turn()
    (hidden,) = told.frames[-1][2]["messages"]
    assert (hidden["body"], hidden["hidden_reason"]) == (None, "No")


def test_whoever_leaves_the_sitting_leaves_its_chat(
    make: Factory,
    presiding: Browser,
    hers: Browser,
    anna: Actor,
    sitting: Sitting,
    database: Database,
    told: Told,
) -> None:
    tail = Tail(database, told, PendingSnapshots())
    presiding.ask("chat.open", {"sitting": sitting.id})
    other = make.present(sitting)
    for who, comes_back in ((anna, False), (other, True)):
        with database.transaction(who) as tx:
            leave_sitting(tx, sitting_id=sitting.id)
            if comes_back:
                enter_sitting(tx, sitting_id=sitting.id)
    while tail.forward():
        pass
    assert told.parted == [([f"person:{anna.person_id}"], f"chat:{sitting.id}")]
    assert hers.ask("chat.read", {"sitting": sitting.id})["error"] == "conflict"


def test_whoever_comes_back_gets_the_newest_fifty(
    make: Factory, presiding: Browser, sitting: Sitting, hers: Browser
) -> None:
    presiding.ask("chat.open", {"sitting": sitting.id})
    for number in range(6):
        who = make.present(sitting)
        with make.database.transaction(who) as tx:
            for part in range(9):
                write_chat_message(tx, sitting_id=sitting.id, body=f"{number}.{part}")
    shown = [one["body"] for one in lines(hers, sitting)]
    assert (len(shown), shown[0], shown[-1]) == (50, "0.4", "5.8")


def test_a_chat_that_was_kept_is_swept_after_its_time(
    database: Database, make: Factory, presiding: Browser, sitting: Sitting, chair: Actor
) -> None:
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=make.zone.id, chat_kept=True)
    presiding.ask("chat.open", {"sitting": sitting.id})
    presiding.ask("chat.write", {"sitting": sitting.id, "body": "Ciao"})
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    left = []
    for days in (29, 31):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            ChatSweep(database).turn()
        with make.session() as session:
            left.append(len(chat_newest(session, sitting.id, moderates=True)["messages"]))
    assert left == [1, 0]


def test_the_page_without_scripts_reads_and_writes(
    client: Any, make: Factory, presiding: Browser, anna: Actor, sitting: Sitting
) -> None:
    text, page = f"/sedute/{sitting.id}/testo", f"/sedute/{sitting.id}/stanza"
    assert "La chat della seduta è aperta." not in client.get(page).text
    presiding.ask("chat.open", {"sitting": sitting.id})
    assert "si cancella alla chiusura" in client.get(page).text
    assert "chat.write" not in client.get(text).text
    make.sign_in(client, anna)
    sent = {"message": "chat.write", "sitting": sitting.id, "body": "Ciao <i>a tutti</i>"}
    assert client.post(text, data=sent).status_code == 303
    assert "Ciao &lt;i&gt;a tutti&lt;/i&gt;" in client.get(text).text
    long = client.post(text, data={**sent, "body": "y" * (LONGEST_MESSAGE + 1)})
    assert (long.status_code, "yyyy" in long.text) == (422, True)


def give_the_floor(make: Factory, sitting: Sitting, chair: Actor, who: Actor) -> int:
    with make.database.transaction(who) as tx:
        hand = raise_hand(tx, sitting_id=sitting.id)
    with make.database.transaction(chair) as tx:
        give_floor(tx, hand_id=hand.id)
    return hand.id


def clap(who: Browser, sitting: Sitting, redis: Redis, person: Actor) -> dict[str, Any]:
    """Applaud, more than a second after the last time."""
    redis.delete(f"applause:{sitting.id}:{person.person_id}")
    return who.ask("applause.give", {"sitting": sitting.id})


def test_applause_is_shown_as_it_grows_and_recorded_once(
    make: Factory, sitting: Sitting, chair: Actor, anna: Actor, presiding: Browser,
    applauses: ApplauseCount, told: Told, clean: Redis,
) -> None:  # fmt: skip
    hand = give_the_floor(make, sitting, chair, anna)
    for left in (MOST_EACH - 1, MOST_EACH - 2):
        assert clap(presiding, sitting, clean, chair) == {"ok": True, "left": left}
    for _ in range(3):
        applauses.turn()
    assert [(room, part["hand_id"], part["count"]) for room, _, part in told.frames] == [
        (f"sitting:{sitting.id}", hand, 2)
    ]
    for _ in range(3):
        applauses.turn()
    assert len(told.frames) == 2, "told again for those who have come in since"
    with make.database.transaction(anna) as tx:
        end_floor(tx, hand_id=hand)
    for _ in range(2):
        applauses.turn()
    with make.session() as session:
        entries = log.read_stream(session, f"sitting:{sitting.id}")
    counts = [e.event for e in entries if e.kind == "applause.counted"]
    assert counts == [ApplauseCounted(hand_id=hand, point_id=None, count=2)]
    assert applause.counted(clean) == []


def test_one_person_applauds_once_a_second_and_so_often(
    make: Factory, sitting: Sitting, chair: Actor, anna: Actor, presiding: Browser, clean: Redis
) -> None:
    give_the_floor(make, sitting, chair, anna)
    assert clap(presiding, sitting, clean, chair)["ok"]
    again = presiding.ask("applause.give", {"sitting": sitting.id})
    assert (again["error"], "una volta al secondo" in again["detail"]) == ("too_many", True)
    for _ in range(MOST_EACH - 1):
        assert clap(presiding, sitting, clean, chair)["ok"]
    assert clap(presiding, sitting, clean, chair)["error"] == "conflict"
    (counted,) = applause.counted(clean)
    assert counted.count == MOST_EACH


def test_who_may_not_applaud(
    browser: Open, make: Factory, sitting: Sitting, chair: Actor, anna: Actor, hers: Browser,
    presiding: Browser, clean: Redis,
) -> None:  # fmt: skip
    here = {"sitting": sitting.id}
    assert "nessun punto" in presiding.ask("applause.give", here)["detail"]
    give_the_floor(make, sitting, chair, anna)
    assert "Hai la parola" in hers.ask("applause.give", here)["detail"]
    assert browser(make.citizen()).ask("applause.give", here)["error"] == "conflict"
    assert browser().ask("applause.give", here)["error"] == "not_allowed"
    assert browser(make.citizen()).ask("applause.give", {"sitting": 2**40})["error"] == "not_found"
    assert [*presiding.ask("applause.give", {"sitting": "x"})["fields"]] == ["sitting"]
    assert applause.counted(clean) == []


def test_without_valkey_applause_is_tried_again(
    make: Factory, sitting: Sitting, chair: Actor, anna: Actor, presiding: Browser,
    monkeypatch: pytest.MonkeyPatch, clean: Redis,
) -> None:  # fmt: skip
    give_the_floor(make, sitting, chair, anna)

    def away(*_: object, **__: object) -> None:
        raise RedisConnectionError

    monkeypatch.setattr(Redis, "set", away)
    refused = presiding.ask("applause.give", {"sitting": sitting.id})
    assert (refused["error"], refused["retry_after"]) == ("busy", 2)


def test_applause_that_the_closing_cuts_off_is_forgotten(
    make: Factory, sitting: Sitting, chair: Actor, anna: Actor, presiding: Browser,
    applauses: ApplauseCount, told: Told, clean: Redis,
) -> None:  # fmt: skip
    give_the_floor(make, sitting, chair, anna)
    clap(presiding, sitting, clean, chair)
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    applauses.turn()
    assert (told.frames, applause.counted(clean)) == ([], [])
    with make.session() as session:
        assert log.read_stream(session, f"sitting:{sitting.id}")[-1].kind == "sitting.closed"


def test_where_nobody_applauds_nothing_is_read(
    applauses: ApplauseCount, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    monkeypatch.setattr(database, "snapshot", lambda: reads.append("snapshot"))
    applauses.turn()
    assert not reads
