"""The fast way and the library's own bring the same frames, whoever else is slow."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from consultazione.config import ROOT, child_environment
from consultazione.live.fanout import RedisFanout
from consultazione.live.wire import build
from tests.support.socketio_wire import Wire
from tests.support.stack import free_port, listens
from tests.support.waiting import wait_until

ROOM = "plan:424242"
# More of the largest frames than sockets and a queue hold.
FRAMES = 500
Serve = Callable[[str], Any]


@pytest.fixture
def serve(postgres_url: str, valkey_url: str, services_dir: Path) -> Serve:
    """Runs a web process with one of the two ways."""

    @contextmanager
    def run(way: str) -> Iterator[str]:
        port = free_port()
        environment = child_environment(
            DATABASE_URL=postgres_url.replace("postgresql+psycopg", "postgresql"),
            REDIS_URL=valkey_url,
            DATA_DIR=str(services_dir / "data"),
            PORT=str(port),
            LIVE_FANOUT=way,
        )
        words = [sys.executable, "-m", "consultazione", "web"]
        process = subprocess.Popen(words, cwd=ROOT, env=environment)
        try:
            wait_until(lambda: listens(port), within=30)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)

    return run


class Listener:
    """A browser that follows the room and keeps what it hears of it."""

    def __init__(self, url: str) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.wire = Wire(url, on_event=self._hear)
        assert self.wire.call("follow", {"stream": ROOM})["ok"]

    def _hear(self, event: str, payload: Any, _at: float) -> None:
        if event != "resume":
            self.heard.append((event, payload))


def established(url: str) -> list[Any]:
    """The connections that the web process at an address has not ended."""
    port = urlsplit(url).port
    return [
        one
        for one in psutil.net_connections("tcp")
        if one.laddr.port == port and one.status == psutil.CONN_ESTABLISHED
    ]


def sent(size: int) -> list[tuple[str, Any]]:
    """Messages of all sizes of a frame's head, in other than Latin letters too."""
    texts = ["", "perché no? 日本", "x" * 200, "y" * size]
    return [("entries", {"stream": ROOM, "n": n, "text": t}) for n, t in enumerate(texts)] + [
        ("head", {"stream": ROOM, "number": 4})
    ]


@pytest.mark.parametrize("way", ["fast", "plain"])
def test_every_frame_comes_whole_and_in_order(way: str, serve: Serve, valkey_url: str) -> None:
    fanout = RedisFanout(valkey_url)
    with serve(way) as url:
        listeners = [Listener(url) for _ in range(5)]
        for _ in range(10):
            for event, payload in sent(70_000):
                fanout.publish(ROOM, event, payload)
        wait_until(lambda: all(len(one.heard) == 50 for one in listeners), within=20)
        for one in listeners:
            assert one.heard == sent(70_000) * 10
            assert one.wire.call("follow", {"stream": ROOM})["ok"]
            one.wire.close()


def test_who_takes_nothing_holds_nobody_up_and_is_let_go(serve: Serve, valkey_url: str) -> None:
    fanout = RedisFanout(valkey_url)
    payload = {"stream": ROOM, "entries": [{"number": 1}], "text": "x" * 100_000}
    awake = threading.Event()
    with serve("fast") as url:
        quick, slow = Listener(url), Listener(url)
        slow.wire._on_event = lambda *_: awake.wait(60)
        for n in range(FRAMES):
            fanout.publish(ROOM, "entries", payload)
            if n % 50 == 0:  # as quickly as this one reads
                wait_until(lambda n=n: len(quick.heard) == n + 1, within=10)
        assert quick.wire.call("follow", {"stream": ROOM}, seconds=20)["ok"]
        assert len(quick.heard) == FRAMES
        awake.set()
        assert slow.wire.wait_broken(20)
        quick.wire.close()


def test_who_is_slow_for_a_moment_misses_nothing(serve: Serve, valkey_url: str) -> None:
    """More than a socket holds, less than is kept for one: it comes later, whole and in order."""
    fanout = RedisFanout(valkey_url)
    awake = threading.Event()
    with serve("fast") as url:
        slow, quick = Listener(url), Listener(url)
        hear = slow.wire._on_event

        def hear_later(event: str, payload: Any, at: float) -> None:
            awake.wait(60)
            hear(event, payload, at)

        slow.wire._on_event = hear_later
        for n in range(200):
            fanout.publish(ROOM, "entries", {"n": n, "text": "x" * 100_000})
        wait_until(lambda: len(quick.heard) == 200, within=30)
        awake.set()
        wait_until(lambda: len(slow.heard) == 200, within=30)
        assert [payload["n"] for _, payload in slow.heard] == list(range(200))
        slow.wire.close()
        quick.wire.close()


def test_who_sends_on_and_takes_no_answers_is_let_go(serve: Serve, valkey_url: str) -> None:
    """Each answer may be a whole room, and would be kept for as long as somebody asks."""
    fanout = RedisFanout(valkey_url)
    awake = threading.Event()
    with serve("fast") as url:
        greedy, quick = Listener(url), Listener(url)
        greedy.wire._on_event = lambda *_: awake.wait(60)
        for n in range(200):
            fanout.publish(ROOM, "entries", {"n": n, "text": "x" * 100_000})
        wait_until(lambda: len(quick.heard) == 200, within=30)
        quick.wire.close()
        greedy.wire.ask("follow", {"stream": ROOM})
        wait_until(lambda: not established(url), within=20)
        awake.set()
        assert greedy.wire.wait_broken(20)


def test_a_frame_is_as_the_standard_says() -> None:
    assert build("ciao") == b"\x81\x04ciao"
    assert build("x" * 126)[:4] == b"\x81\x7e\x00\x7e"
    assert build("x" * 65_536)[:10] == b"\x81\x7f" + (65_536).to_bytes(8, "big")
    assert build("è")[2:] == "è".encode()
