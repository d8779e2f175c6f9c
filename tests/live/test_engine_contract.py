"""What every live engine promises, seen from outside: a real web process and real connections.

Run against our own engine and the library's plain way, so that either can replace the other.
"""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from websocket import (
    ABNF,
    WebSocketTimeoutException,
)

from consultazione.embedded.valkey import Valkey
from consultazione.live.engine.engines import engine_named
from consultazione.live.engine.manager import NotPublished
from consultazione.live.fanout import RedisFanout
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.live_server import ROOM, Listener, WebProcess, web_process
from tests.support.socketio_wire import Wire, has_ended, open_socket
from tests.support.waiting import wait_until

ENGINES = ("fast", "plain")
OTHER_ROOM = "plan:424243"
SECONDS = 30.0


@pytest.fixture(scope="module")
def valkey(services_dir: Path) -> Iterator[Valkey]:
    """A Valkey of this module's own, which may be stopped and started again."""
    with Valkey(services_dir / "contract") as valkey:
        yield valkey


@pytest.fixture(scope="module", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def web(
    engine_name: str, postgres_url: str, valkey: Valkey, services_dir: Path
) -> Iterator[WebProcess]:
    with web_process(
        engine_name, database_url=postgres_url, redis_url=valkey.url_for("web"), place=services_dir
    ) as web:
        yield web


@pytest.fixture
def fanout(valkey: Valkey) -> RedisFanout:
    """What the dispatcher publishes with."""
    return RedisFanout(valkey.url)


@pytest.fixture
def listeners(web: WebProcess) -> Iterator[list[Listener]]:
    """Five browsers that follow the room."""
    listeners = [Listener(web.url) for _ in range(5)]
    yield listeners
    for one in listeners:
        one.wire.close()


def sent(size: int) -> list[tuple[str, Any]]:
    """Messages of all sizes of a frame's head, in other than Latin letters too."""
    texts = ["", "perché no? 日本", "x" * 200, "y" * size]
    return [("entries", {"stream": ROOM, "n": n, "text": t}) for n, t in enumerate(texts)] + [
        ("head", {"stream": ROOM, "number": 4})
    ]


def test_an_engine_says_its_name() -> None:
    assert [engine_named(name).name for name in ENGINES] == list(ENGINES)


def test_every_frame_comes_whole_and_in_order(
    fanout: RedisFanout, listeners: list[Listener]
) -> None:
    for _ in range(10):
        for event, payload in sent(70_000):
            fanout.publish(ROOM, event, payload)
    wait_until(lambda: all(len(one.heard) == 50 for one in listeners), within=SECONDS)
    for one in listeners:
        assert one.heard == sent(70_000) * 10
        assert one.wire.call("follow", {"stream": ROOM})["ok"]


def test_a_room_hears_nothing_of_another(web: WebProcess, fanout: RedisFanout) -> None:
    inside, outside = Listener(web.url, ROOM), Listener(web.url, OTHER_ROOM)
    for number in range(20):
        fanout.publish((ROOM, OTHER_ROOM)[number % 2], "entries", {"n": number})
    wait_until(lambda: len(inside.heard) >= 10 and len(outside.heard) >= 10, within=SECONDS)
    assert [payload["n"] for _, payload in inside.heard] == list(range(0, 20, 2))
    assert [payload["n"] for _, payload in outside.heard] == list(range(1, 20, 2))
    inside.wire.close()
    outside.wire.close()


def test_whoever_joins_late_hears_everything_from_then_on(
    web: WebProcess, fanout: RedisFanout
) -> None:
    early = Listener(web.url)
    for number in range(5):
        fanout.publish(ROOM, "entries", {"n": number})
    wait_until(lambda: len(early.heard) == 5, within=SECONDS)
    late = Listener(web.url)
    for number in range(5, 10):
        fanout.publish(ROOM, "entries", {"n": number})
    wait_until(lambda: len(early.heard) == 10 and len(late.heard) >= 5, within=SECONDS)
    assert [payload["n"] for _, payload in late.heard] == list(range(5, 10))
    early.wire.close()
    late.wire.close()


def test_each_message_gets_its_own_answer(web: WebProcess, fanout: RedisFanout) -> None:
    """Many on their way at once, with frames in between."""
    asking = Listener(web.url)
    asked = []
    for number in range(30):
        stream = ROOM if number % 3 else "nothing:1"
        asked.append((number, asking.wire.ask("follow", {"stream": stream})))
        fanout.publish(ROOM, "entries", {"n": number})
    assert [bool(number % 3) for number, _ in asked] == [
        answer.result(SECONDS)["ok"] for _, answer in asked
    ]
    wait_until(lambda: len(asking.heard) == 30, within=SECONDS)
    asking.wire.close()


def test_a_slow_reader_holds_nobody_up_and_resumes_by_number(
    web: WebProcess, fanout: RedisFanout, engine: Engine
) -> None:
    with final_commits(engine) as database:
        make = Factory(database)
        sitting = make.sitting()
        room, awake = f"sitting:{sitting.id}", threading.Event()
        slow = Wire(web.url, on_event=lambda event, *_: event == "resume" or awake.wait(60))
        number = seen(slow, sitting.id)["snapshot"]["number"]
        quick = Listener(web.url)
        assert quick.wire.call("watch", {"sitting": sitting.id})["ok"]
        for n in range(100):
            fanout.publish(room, "entries", {"n": n, "text": "x" * 100_000})
            # as quickly as this one reads: of more, the plain engine loses a part
            wait_until(lambda n=n: len(quick.heard) == n + 1, within=SECONDS)
        make.presided(sitting)
        assert quick.wire.call("follow", {"stream": ROOM}, seconds=SECONDS)["ok"]
        awake.set()
        slow.close()
        back = Wire(web.url, on_event=lambda *_: None)
        missed = seen(back, sitting.id, after=number)
        assert [entry["number"] for entry in missed["entries"]] == [
            *range(number + 1, missed["number"] + 1)
        ]
        assert missed["entries"][-1]["kind"] == "sitting.opened"
        back.close()
        quick.wire.close()


def seen(wire: Wire, sitting_id: int, **known: int) -> Any:
    """What is shown of a sitting to a visitor who knows it up to a number, or not at all."""
    answer = wire.call("watch", {"sitting": sitting_id, **known}, seconds=SECONDS)
    assert answer["ok"], answer
    return answer


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ('42["follow",{"stream":"' + "x" * 200_000 + '"}]', ABNF.OPCODE_TEXT),
        (b"\x04binary", ABNF.OPCODE_BINARY),
        ("42[", ABNF.OPCODE_TEXT),
        ("49nonsense", ABNF.OPCODE_TEXT),
        ('451-["enter",{"_placeholder":true,"num":0}]', ABNF.OPCODE_TEXT),
    ],
    ids=["oversized", "binary", "no JSON", "no type", "with parts"],
)
def test_a_packet_that_is_no_message_is_counted_and_ends_its_connection(
    web: WebProcess, data: str | bytes, kind: int
) -> None:
    before = web.refused()
    socket = open_socket(web.url)
    socket.send(data, kind)
    if kind == ABNF.OPCODE_BINARY:  # its parts are dropped as they come, and waited for by nobody
        socket.send("49nonsense")
    assert has_ended(socket)
    refused = 2 if kind == ABNF.OPCODE_BINARY else 1
    wait_until(lambda: web.refused() == before + refused, within=SECONDS)


def test_an_unreadable_message_is_answered_if_it_asks_for_an_answer(web: WebProcess) -> None:
    before = web.refused()
    socket = open_socket(web.url)
    socket.send("427[7]")
    answer = str(socket.recv())
    assert answer.startswith("437[")
    assert json.loads(answer.removeprefix("437"))[0]["error"] == "not_found"
    assert web.refused() == before + 1
    socket.send('428["follow",{"stream":"plan:1"}]')
    assert str(socket.recv()).startswith('438[{"ok":true')
    socket.shutdown()


class Poller:
    """A browser that cannot open a WebSocket: one request sends, another waits for packets."""

    def __init__(self, url: str) -> None:
        self._address = f"{url}/socket.io/?EIO=4&transport=polling"
        (greeting,) = self.packets()
        self._address += f"&sid={json.loads(greeting[1:])['sid']}"
        self.send("40")
        assert self.packets()[0].startswith("40")

    def packets(self) -> list[str]:
        """What has come; waits for it."""
        with urllib.request.urlopen(self._address, timeout=SECONDS) as answer:
            return str(answer.read().decode()).split("\x1e")

    def send(self, packet: str) -> None:
        """Send one packet."""
        with urllib.request.urlopen(self._address, data=packet.encode(), timeout=SECONDS) as done:
            assert done.read() == b"OK"

    def hear(self, count: int) -> list[str]:
        """The next packets, pings aside."""
        found: list[str] = []
        while len(found) < count:
            found += [packet for packet in self.packets() if packet != "2"]
        return found


def test_polling_serves_where_no_websocket_goes_through(
    web: WebProcess, fanout: RedisFanout
) -> None:
    browser, beside = Poller(web.url), Listener(web.url)
    browser.send(f'420["follow",{{"stream":"{ROOM}"}}]')
    (answer,) = browser.hear(1)
    assert answer.startswith('430[{"ok":true')
    for event, payload in sent(1_000):
        fanout.publish(ROOM, event, payload)
    heard = [json.loads(packet.removeprefix("42")) for packet in browser.hear(5)]
    assert [tuple(one) for one in heard] == sent(1_000)
    wait_until(lambda: beside.heard == sent(1_000), within=SECONDS)
    beside.wire.close()


def test_a_room_is_closed_with_its_connections(web: WebProcess, fanout: RedisFanout) -> None:
    """Those in it are told that they are disconnected (41), and are in no room any more."""
    inside, outside = open_socket(web.url), Listener(web.url, OTHER_ROOM)
    for number, stream in enumerate((ROOM, OTHER_ROOM)):
        inside.send(f'42{number}["follow",{{"stream":"{stream}"}}]')
        assert str(inside.recv()).startswith(f'43{number}[{{"ok":true')
    fanout.end(ROOM)
    assert inside.recv() == "41"
    fanout.publish(OTHER_ROOM, "entries", {"n": 1})
    wait_until(lambda: len(outside.heard) == 1, within=SECONDS)
    inside.settimeout(0.2)
    with pytest.raises(WebSocketTimeoutException):
        inside.recv()
    inside.shutdown()
    outside.wire.close()


def test_who_is_in_one_room_is_taken_out_of_another(web: WebProcess, fanout: RedisFanout) -> None:
    """As whoever leaves a sitting out of its chat: they go on to hear what is told to all."""
    leaver, stayer = Listener(web.url), Listener(web.url)
    assert leaver.wire.call("follow", {"stream": OTHER_ROOM})["ok"]
    fanout.part([OTHER_ROOM, "person:0"], ROOM)
    for room in (ROOM, OTHER_ROOM):
        fanout.publish(room, "entries", {"room": room})
    wait_until(lambda: len(leaver.heard) + len(stayer.heard) == 2, within=SECONDS)
    assert leaver.heard == [("entries", {"room": OTHER_ROOM})]
    assert stayer.heard == [("entries", {"room": ROOM})]
    for one in (leaver, stayer):
        one.wire.close()


def test_browsers_resume_once_redis_is_back(
    web: WebProcess, valkey: Valkey, fanout: RedisFanout
) -> None:
    """What was published meanwhile did not go out, and whoever published it knows."""
    listener = Listener(web.url)
    valkey.stop()
    with pytest.raises(NotPublished):
        fanout.publish(ROOM, "entries", {"n": 0})
    assert listener.resumed == 0
    valkey.start()
    wait_until(lambda: listener.resumed == 1, within=SECONDS)
    fanout.publish(ROOM, "entries", {"n": 1})
    wait_until(lambda: listener.heard == [("entries", {"n": 1})], within=SECONDS)
    listener.wire.close()


def test_it_ends_cleanly_with_browsers_connected(
    engine_name: str, postgres_url: str, valkey: Valkey, services_dir: Path
) -> None:
    with web_process(
        engine_name, database_url=postgres_url, redis_url=valkey.url_for("web"), place=services_dir
    ) as ending:
        wires = [Listener(ending.url).wire for _ in range(3)]
        assert ending.stop() == 0
        assert all(wire.wait_broken(SECONDS) for wire in wires)
        printed = ending.output.read_text()
        assert not re.search(r"Traceback|^\s+File ", printed, re.MULTILINE), printed
