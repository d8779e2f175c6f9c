"""What our engine does beyond the contract: nobody slow costs others anything, nor much memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consultazione.embedded.process import wait_until
from consultazione.live.engine.websocket import build_frame
from consultazione.live.fanout import RedisFanout
from tests.support.live_server import ROOM, Listener, web_process

# More of the largest frames than sockets and a queue hold.
FRAMES = 500


@pytest.fixture(scope="module")
def url(postgres_url: str, valkey_url: str, services_dir: Path) -> Iterator[str]:
    """The address of a web process with our engine."""
    servers = {"database_url": postgres_url, "redis_url": valkey_url}
    with web_process("fast", place=services_dir, **servers) as web:
        yield web.url


def test_who_takes_nothing_holds_nobody_up_and_is_let_go(url: str, valkey_url: str) -> None:
    fanout = RedisFanout(valkey_url)
    payload = {"stream": ROOM, "entries": [{"number": 1}], "text": "x" * 100_000}
    awake = threading.Event()
    quick, slow = Listener(url), Listener(url)
    slow.wire._on_event = lambda *_: awake.wait(60)
    for n in range(FRAMES):
        fanout.publish(ROOM, "entries", payload)
        if n % 50 == 0:  # as quickly as this one reads
            assert wait_until(lambda n=n: len(quick.heard) == n + 1, seconds=10)
    assert quick.wire.call("follow", {"stream": ROOM}, seconds=20)["ok"]
    assert len(quick.heard) == FRAMES
    awake.set()
    assert slow.wire.wait_broken(20)
    quick.wire.close()


def test_who_is_slow_for_a_moment_misses_nothing(url: str, valkey_url: str) -> None:
    """More than a socket holds, less than is kept for one: it comes later, whole and in order."""
    fanout = RedisFanout(valkey_url)
    awake = threading.Event()
    slow = Listener(url)
    hear = slow.wire._on_event

    def hear_later(event: str, payload: Any, at: float) -> None:
        awake.wait(60)
        hear(event, payload, at)

    slow.wire._on_event = hear_later
    for n in range(200):
        fanout.publish(ROOM, "entries", {"n": n, "text": "x" * 100_000})
    time.sleep(1)
    awake.set()
    assert wait_until(lambda: len(slow.heard) == 200, seconds=30)
    assert [payload["n"] for _, payload in slow.heard] == list(range(200))
    slow.wire.close()


def test_who_sends_on_and_takes_no_answers_is_let_go(url: str, valkey_url: str) -> None:
    """Each answer may be a whole room, and would be kept for as long as somebody asks."""
    fanout = RedisFanout(valkey_url)
    awake = threading.Event()
    greedy = Listener(url)
    greedy.wire._on_event = lambda *_: awake.wait(60)
    for n in range(200):
        fanout.publish(ROOM, "entries", {"n": n, "text": "x" * 100_000})
    time.sleep(1)
    greedy.wire.ask("follow", {"stream": ROOM})
    time.sleep(1)
    awake.set()
    assert greedy.wire.wait_broken(20)


def test_a_frame_is_as_the_standard_says() -> None:
    assert build_frame("ciao") == b"\x81\x04ciao"
    assert build_frame("x" * 126)[:4] == b"\x81\x7e\x00\x7e"
    assert build_frame("x" * 65_536)[:10] == b"\x81\x7f" + (65_536).to_bytes(8, "big")
    assert build_frame("è")[2:] == "è".encode()
