"""Whatever happens to the wire, in the end every browser shows what a fresh snapshot shows.

The browser's own client runs under Node.js; its messages are answered by the gateway, its
frames are those of the dispatcher. Between them the test loses, delays, repeats and
reorders what a broken line, a restarted server, a restarted dispatcher or a lost Redis can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from flask_socketio import SocketIO
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultazione.core import log
from consultazione.live import frames
from consultazione.live.fanout import Frame
from consultazione.live.pending_snapshots import PendingSnapshots
from tests.live.clients import Answer, Clients
from tests.live.conftest import Browser
from tests.live.test_replay import MOVES, NOTED, Play, assert_same
from tests.live.test_replay import play as play

ROOM_FRAMES = {"entries", "presence", "turnout", "questions", "upvotes", "record", "head", "resume"}
_numbers = count()
Event = tuple[str, int, int, int]


@pytest.fixture(scope="module")
def clients() -> Iterator[Clients]:
    with Clients() as clients:
        yield clients


class Dispatcher:
    """Tells rooms what the dispatcher would, from a cursor that a crash may set back."""

    def __init__(self, play: Play, socketio: SocketIO) -> None:
        self._play = play
        self._socketio = socketio
        self._crowds = PendingSnapshots()
        self.cursor = play.position()

    def forward(self) -> None:
        with self._play.database.snapshot() as session:
            entries = log.read_forward(session, after=self.cursor, limit=10_000)
            self._crowds.note(entries)
            found = frames.entry_frames(session, entries)
        self._publish(found)
        self.cursor = entries[-1].position if entries else self.cursor

    def tell_crowds(self) -> None:
        with self._play.database.snapshot() as session:
            self._publish(self._crowds.frames(session))
        self._crowds.clear()

    def beat(self) -> None:
        with self._play.database.snapshot() as session:
            self._publish(frames.head_frames(session, frames.open_sittings(session)))

    def restart(self, cursor: int) -> None:
        """It died before its cursor was kept: it does the last batch again."""
        self.cursor = cursor
        self._crowds = PendingSnapshots()
        with self._play.database.snapshot() as session:
            self._crowds.note_missed(frames.open_sittings(session))

    def _publish(self, found: list[Frame]) -> None:
        for frame in found:
            self._socketio.server.emit(frame.event, frame.payload, room=frame.room)


class Client:
    """One browser: its client, its connection when there is one, and what is on its way."""

    def __init__(self, clients: Clients, play: Play, connect: Callable[[], Browser]) -> None:
        self._clients = clients
        self._number = next(_numbers)
        self._connect = connect
        self._browser: Browser | None = None
        self._frames: list[dict[str, Any]] = []
        self._answered = 0
        self.asked = 0
        self.state = play.snapshot()
        self._step("come", snapshot=self.state)

    def connect(self) -> None:
        if self._browser is None:
            self._browser = self._connect()
            self._frames.clear()
            self._step("connect")

    def cut(self) -> None:
        """The line breaks: what was on its way is lost, and nobody answers any more."""
        if self._browser is not None:
            self._browser.wire.disconnect()
            self._browser = None
            self._frames.clear()
            self._answered = self.asked
            self._step("cut")

    def lose(self) -> None:
        """Redis was away: what was sent meanwhile is gone, and the server says so after."""
        if self._browser is not None:
            self._receive()
            self._frames.clear()
            self._step("frame", event="resume", payload={})
            self.wake()

    def answer(self) -> None:
        """The server answers what was asked last, if nobody has answered it."""
        if self._browser is not None and self._answered < self.asked:
            self._answered = self.asked
            payload = self._browser.ask(self._last["message"], self._last["data"])
            self._step("answer", number=self._last["number"], payload=payload)

    def deliver(self, which: int, *, twice: bool = False) -> None:
        """One of the frames on their way arrives, perhaps not the first, perhaps again."""
        self._receive()
        if self._frames:
            index = which % len(self._frames)
            frame = self._frames[index] if twice else self._frames.pop(index)
            self._step("frame", event=frame["name"], payload=frame["args"][0])

    def wake(self) -> None:
        self._step("wake")

    def settle(self) -> None:
        """Everything that is on its way arrives, in order, and every question is answered."""
        self.connect()
        self._receive()
        while self._frames or self._answered < self.asked:
            self.answer()
            self.deliver(0)
            self.wake()
            self._receive()

    def _receive(self) -> None:
        if self._browser is not None:
            heard = self._browser.wire.get_received()
            self._frames += [frame for frame in heard if frame["name"] in ROOM_FRAMES]

    def _step(self, name: str, **values: Any) -> None:
        told = self._clients.step(name, self._number, **values)
        self.asked, self._last, self.state = told["asked"], told.get("last"), told["state"]


class World:
    """A sitting, the dispatcher, and two browsers that watch it."""

    def __init__(
        self, play: Play, socketio: SocketIO, clients: Clients, connect: Callable[[], Browser]
    ) -> None:
        self.play = play
        self.dispatcher = Dispatcher(play, socketio)
        self.clients = [Client(clients, play, connect) for _ in range(2)]
        self._start = self.dispatcher.cursor

    def happen(self, event: Event) -> None:
        name, *numbers = event
        HAPPENINGS[name](self, *numbers)

    def restart_dispatcher(self, back: int) -> None:
        self.dispatcher.restart(max(self._start, self.dispatcher.cursor - back))

    def restart_server(self) -> None:
        for client in self.clients:
            client.cut()

    def lose_redis(self) -> None:
        for client in self.clients:
            client.lose()

    def settle(self) -> None:
        """The line holds for a while."""
        for client in self.clients:
            client.settle()
        self.dispatcher.forward()
        self.dispatcher.tell_crowds()
        self.dispatcher.beat()
        for client in self.clients:
            client.settle()


# Each gets who (0 to 3; 0 or 1 of a browser) and two more numbers.
HAPPENINGS: dict[str, Callable[[World, int, int, int], None]] = {
    "act": lambda world, who, what, which: world.play.act((who, what, which)),
    "forward": lambda world, *_: world.dispatcher.forward(),
    "crowds": lambda world, *_: world.dispatcher.tell_crowds(),
    "beat": lambda world, *_: world.dispatcher.beat(),
    "dispatcher restarts": lambda world, _, back, __: world.restart_dispatcher(back),
    "server restarts": lambda world, *_: world.restart_server(),
    "redis is lost": lambda world, *_: world.lose_redis(),
    "connect": lambda world, who, *_: world.clients[who].connect(),
    "cut": lambda world, who, *_: world.clients[who].cut(),
    "answer": lambda world, who, *_: world.clients[who].answer(),
    "wake": lambda world, who, *_: world.clients[who].wake(),
    "deliver": lambda world, who, _, which: world.clients[who].deliver(which),
    "repeat": lambda world, who, _, which: world.clients[who].deliver(which, twice=True),
}
WIRE = [name for name in HAPPENINGS if name != "act"]
acts = st.tuples(
    st.just("act"), st.integers(0, 3), st.integers(0, len(MOVES) - 1), st.integers(0, 5)
)
wire = st.tuples(st.sampled_from(WIRE), st.integers(0, 1), st.integers(0, 6), st.integers(0, 3))
BEGINNING = [
    ("act", 0, 1, 0), ("connect", 0, 0, 0), ("answer", 0, 0, 0), ("act", 1, 0, 0),
    ("act", 2, 0, 0), ("forward", 0, 0, 0),
]  # fmt: skip


@pytest.fixture
def world(
    play: Callable[[], Play],
    socketio: SocketIO,
    clients: Clients,
    browser: Callable[..., Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], World]:
    """Begins a new sitting that two browsers watch."""
    monkeypatch.setattr("consultazione.live.gateway._MOST", 10**9)
    monkeypatch.setattr("consultazione.live.snapshots.MOST_MISSED", 6)
    return lambda: World(play(), socketio, clients, browser)


@given(events=st.lists(st.one_of(acts, wire, wire), max_size=60))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_in_the_end_every_browser_shows_what_a_fresh_one_shows(
    world: Callable[[], World], events: list[Event]
) -> None:
    sitting = world()
    for event in [*BEGINNING, *events]:
        sitting.happen(event)
    sitting.settle()
    fresh = sitting.play.snapshot()
    for client in sitting.clients:
        assert_same(client.state, fresh)


def test_what_was_written_down_meanwhile_comes_with_what_was_missed(
    world: Callable[[], World],
) -> None:
    sitting = world()
    written: list[Event] = [("act", 1, NOTED, 0), ("act", 0, NOTED + 3, 1)]
    cut: list[Event] = [("cut", 0, 0, 0), *written, ("connect", 0, 0, 0), ("answer", 0, 0, 0)]
    for event in [*BEGINNING, *cut]:
        sitting.happen(event)
    record = sitting.clients[0].state["record"]
    assert (record["count"], len(record["commitments"])) == (1, 1)
    assert record == sitting.play.snapshot()["record"]


def test_what_came_before_a_no_is_not_shown_after_what_came_later(
    play: Callable[[], Play], clients: Clients
) -> None:
    snapshot = play().snapshot()
    sitting = snapshot["sitting"]["id"]

    def present(count: int) -> Answer:
        return {"count": count, "present": [], "by_category": {}, "quorum": None}

    def frame(count: int) -> Answer:
        payload = {"sitting": sitting, "people": {}, **present(count)}
        return {"event": "presence", "payload": payload}

    client = next(_numbers)
    clients.step("come", client, snapshot=snapshot)
    asked = clients.step("connect", client)["last"]["number"]
    clients.step("frame", client, **frame(1))
    busy = {"ok": False, "error": "busy", "retry_after": 2}
    clients.step("answer", client, number=asked, payload=busy)
    assert clients.step("frame", client, **frame(2))["state"]["presence"]["count"] == 2
    asked = clients.step("wake", client)["last"]["number"]
    fresh = snapshot | {"presence": present(2)}
    answer = {"ok": True, "snapshot": fresh, "mine": {"now": "2026-01-01T00:00:00Z"}}
    told = clients.step("answer", client, number=asked, payload=answer)
    assert told["state"]["presence"]["count"] == 2
