"""From a command in the room to every browser: sent, committed, dispatched, arrived.

The baseline is a bare Flask-SocketIO application that passes a message of the same size
on to as many browsers, through a Redis queue, with nothing kept.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from consultazione.embedded.valkey import Valkey
from tests.bench.bare.server import serving
from tests.bench.crowd import Arrivals, Crowd, gathered
from tests.bench.measure import directory, milliseconds
from tests.bench.report import Report
from tests.support.factories import Factory
from tests.support.participant import cookie_of
from tests.support.socketio_wire import Wire
from tests.support.stack import Stack, running_stack

PARTICIPANTS = 50
SPEAKERS = 20  # take turns, so that nobody is slowed down for asking too often
_PAUSE = 0.1
# (number of the entry, moment of sending, moment of the answer)
Sent = tuple[int, float, float]


def run(*, quick: bool) -> Report:
    """Hands that go up and down, seen by all."""
    times = 20 if quick else 200
    case = f"{PARTICIPANTS} participants"
    with running_stack(demo=False) as stack:
        ours, size = _ours(stack, times)
    bare = _bare(times, size)
    return Report(
        name="latency",
        work=f"{times} hands up or down, each to {PARTICIPANTS} browsers; frames of {size} bytes",
        ours={case: ours},
        baseline={case: bare},
        ratio={case: round(bare["p50 ms"] / ours["p50 ms"], 3)},
    )


class Speaker:
    """A browser that sends commands and sees what the room makes of them."""

    def __init__(self, url: str, cookie: str, enter: dict[str, Any]) -> None:
        self.frame: dict[str, Any] = {}
        self._told = threading.Event()
        self._wire = Wire(url, cookie=cookie, on_event=self._hear)
        self.entered = self._wire.call("enter", enter)
        self.close = self._wire.close

    def send(self, message: str, data: dict[str, Any]) -> Sent:
        """Send a command, and wait until this browser too has seen the entry."""
        self._told.clear()
        begun = time.perf_counter()
        answer = self._wire.call(message, data)
        answered = time.perf_counter()
        assert answer["ok"], answer
        assert self._told.wait(10), "the room was not told"
        return self.frame["entries"][-1]["number"], begun, answered

    def _hear(self, event: str, payload: Any, _at: float) -> None:
        if event == "entries":
            self.frame = payload
            self._told.set()


def _ours(stack: Stack, times: int) -> tuple[dict[str, float], int]:
    make = Factory(stack.database())
    sitting = make.sitting()
    make.presided(sitting)
    cookies = [cookie_of(stack, make.citizen()) for _ in range(PARTICIPANTS)]
    enter = {"sitting": sitting.id}
    with gathered(stack.url, cookies, enter) as crowd:
        speakers = [Speaker(stack.url, cookie, enter) for cookie in cookies[:SPEAKERS]]
        time.sleep(1)  # what their coming in has set going is over

        def speak(turn: int) -> Sent:
            speaker = speakers[turn // 2 % SPEAKERS]
            if turn % 2 == 0:
                return speaker.send("hand.raise", enter)
            hand = speaker.frame["entries"][-1]["data"]["hand_id"]
            return speaker.send("hand.withdraw", {"hand": hand})

        return _figures(crowd, speak, times), len(json.dumps(speakers[0].frame))


def _bare(times: int, size: int) -> dict[str, float]:
    with (
        directory("room-") as place,
        Valkey(place / "valkey") as valkey,
        serving("room", REDIS=valkey.url) as url,
        gathered(url, [""] * PARTICIPANTS, {}) as crowd,
        closing(Speaker(url, "", {})) as speaker,
    ):

        def speak(turn: int) -> Sent:
            payload = {"entries": [{"number": turn}], "filling": "x" * (size - 40)}
            return speaker.send("say", payload)

        return _figures(crowd, speak, times)


def _figures(crowd: Crowd, speak: Callable[[int], Sent], times: int) -> dict[str, float]:
    sent = []
    for turn in range(times):
        sent.append(speak(turn))
        time.sleep(_PAUSE)
    arrivals = crowd.arrivals()
    assert all(len(arrivals[number]) == PARTICIPANTS for number, _begun, _answered in sent)
    waited = _since(arrivals, {number: begun for number, begun, _answered in sent})
    after = _since(arrivals, {number: answered for number, _begun, answered in sent})
    acknowledged = milliseconds([answered - begun for _number, begun, answered in sent])
    return {
        **milliseconds(waited),
        "p50 ms after ack": milliseconds(after)["p50 ms"],
        "p95 ms after ack": milliseconds(after)["p95 ms"],
        "p50 ms to ack": acknowledged["p50 ms"],
    }


def _since(arrivals: Arrivals, moments: dict[int, float]) -> list[float]:
    return [at - moment for number, moment in moments.items() for at in arrivals[number]]
