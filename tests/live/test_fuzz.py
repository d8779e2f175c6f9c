"""Ten thousand bad frames: each is refused and counted, and who is honest notices nothing."""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle
from typing import Any

import pytest

from consultazione.core.actor import Actor
from consultazione.live.messages import MESSAGES
from consultazione.sittings.models import Sitting
from consultazione.sittings.room.snapshot import room_snapshot
from tests.support.factories import Factory
from tests.support.message_fuzz import Frame, Grammar
from tests.support.participant import Participant, cookie_of
from tests.support.room_play import assert_same
from tests.support.room_reducer import Reducer
from tests.support.socketio_wire import has_ended, open_socket
from tests.support.stack import Stack, running_stack
from tests.support.waiting import settles, wait_until

SEED, FRAMES = 20180205, 10_000
AT_ONCE = 39  # a person, and a connection, may send forty in ten seconds
PERSONS = 60  # of those who send; the others are visitors
MOST_SECONDS = 10.0  # for an act of somebody honest meanwhile: slower is held up
MOST_MEMORY = 60 * 2**20
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with running_stack(demo=False) as stack:
        yield stack


@pytest.fixture(scope="module")
def make(stack: Stack) -> Factory:
    return Factory(stack.database())


def test_bad_frames_are_refused_and_counted_and_harm_nobody(stack: Stack, make: Factory) -> None:
    sitting, other = make.sitting(), make.sitting()
    chair, stranger = make.presided(sitting), make.presided(other)
    cookies = [
        cookie_of(stack, who) for who in (stranger, *(make.citizen() for _ in range(PERSONS)))
    ]
    batches = list(batches_for([sitting.id, other.id, *range(1, 9), 0, 10**15]))
    senders = [*cookies, *[""] * (len(batches) - len(cookies))]
    before, memory = refusals(stack), memory_of(stack)
    with ExitStack() as room:
        honest = Honest(stack, sitting, room, chair, make.citizen())
        with honest.taking_part(), ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda b, c: send(stack, b, c), batches, senders))
        assert_each_is_answered(batches, answers)
        assert honest.acts > 20
        assert honest.slowest < MOST_SECONDS
        honest.assert_in_step()
    refused = sum(not one["ok"] for found in answers for one in found.values())
    unread = sum(frame.ends or frame.part is not None for batch in batches for frame in batch)
    assert sum(map(len, batches)) >= FRAMES
    assert refusals(stack) - before == refused + unread
    assert memory_of(stack) - memory < MOST_MEMORY
    assert_calm(stack)


def batches_for(ids: list[int]) -> Iterator[list[Frame]]:
    """What each connection sends: frames that are to be answered, then one that ends it."""
    grammar = Grammar(SEED, ids)
    for _ in range(FRAMES // AT_ONCE + 1):
        yield [*(grammar.answered() for _ in range(AT_ONCE - 1)), grammar.fatal()]


def send(stack: Stack, frames: list[Frame], cookie: str) -> dict[int, Answer]:
    """Send frames over a connection of their own; the answers by the frames' numbers."""
    socket = open_socket(stack.url, cookie=cookie)
    *asking, last = frames
    for frame in asking:
        socket.send(frame.text)
        if frame.part is not None:
            socket.send_binary(frame.part)
    answers: dict[int, Answer] = {}
    while len(answers) < len(asking):
        found = re.match(r"43(\d+)(\[.*)", str(socket.recv()))
        if found:
            answers[int(found[1])] = json.loads(found[2])[0]
    socket.send(last.text)
    assert has_ended(socket), last
    return answers


class Honest:
    """A chair and a citizen who do what they always do, and how long that took at most."""

    def __init__(self, stack: Stack, sitting: Sitting, room: ExitStack, *who: Actor) -> None:
        self.people = [room.enter_context(Participant(stack, one, sitting.id)) for one in who]
        wait_until(lambda: all(one.snapshot for one in self.people), within=20)
        self._stack, self._sitting = stack, sitting
        self.acts, self.slowest = 0, 0.0
        self._stop = threading.Event()

    @contextmanager
    def taking_part(self) -> Iterator[None]:
        """Act for as long as this lasts; what is refused is raised at its end."""
        with ThreadPoolExecutor(1) as pool:
            acting = pool.submit(self._act)
            try:
                yield
            finally:
                self._stop.set()
            acting.result()

    def _act(self) -> None:
        chair, citizen = self.people
        self._do(chair, "poll.open", sitting=self._sitting.id, question="Shall we?")
        poll_id = self._fresh()["polls"][0]["id"]
        for choice in cycle(("yes", "no")):
            self._do(citizen, "ballot.cast", poll=poll_id, choice=choice)
            self._do(citizen, "question.ask", sitting=self._sitting.id, body="And then?")
            self._do(chair, "speakers.limit", sitting=self._sitting.id, seconds=60 + self.acts)
            if self._stop.wait(0.4):
                return

    def _do(self, who: Participant, message: str, **data: Any) -> None:
        begun = time.monotonic()
        who.insist(message, **data)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.acts += 1

    def _fresh(self) -> Answer:
        with self._stack.database().snapshot() as session:
            return room_snapshot(session, self._sitting.id)

    def assert_in_step(self) -> None:
        """What each was sent makes the room that a newcomer sees."""
        with Reducer() as reducer:

            def seen(one: Participant) -> Answer:
                assert one.snapshot is not None
                state: Answer = reducer.replay(one.snapshot, list(one.frames))["state"]
                return state

            fresh = self._fresh()
            settles(lambda: all(seen(one) == fresh for one in self.people), within=3)
            for one in self.people:
                assert_same(seen(one), fresh)


def assert_each_is_answered(batches: list[list[Frame]], found: list[dict[int, Answer]]) -> None:
    """Every kind of message came, was refused in sentences for several reasons, and once done."""
    reasons: Counter[str] = Counter()
    for batch, answers in zip(batches, found, strict=True):
        for frame in batch[:-1]:
            answer = answers[frame.number or 0]
            reasons["ok" if answer["ok"] else answer["error"]] += 1
            if not answer["ok"]:
                assert answer["error"] != "fault", frame
                assert answer["detail"], frame
    assert {frame.name for batch in batches for frame in batch} >= MESSAGES.keys()
    assert min(reasons[one] for one in ("ok", "invalid", "not_found", "not_allowed")) > 50, reasons
    assert reasons["conflict"], reasons


def refusals(stack: Stack) -> int:
    """How many messages the web process says that it has refused."""
    with urllib.request.urlopen(f"{stack.url}/metrics") as answer:
        figures = answer.read().decode()
    found = re.findall(r"^consultazione_messages_refused_total{.*} (\S+)$", figures, re.MULTILINE)
    return int(sum(map(float, found)))


def memory_of(stack: Stack) -> int:
    """The memory of the web process with its children."""
    web = stack.parts()["web"]
    return sum(one.memory_info().rss for one in (web, *web.children(recursive=True)))


def assert_calm(stack: Stack) -> None:
    """No part has written of a fault."""
    for log in stack.place.glob("*.log"):
        text = log.read_text()
        assert "Traceback" not in text, text[-3000:]
        assert 'File "' not in text, text[-3000:]
