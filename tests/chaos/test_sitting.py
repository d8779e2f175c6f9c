"""Parts are killed while a sitting votes and speaks: nothing acknowledged is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import pytest

from consultazione.core import log
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.commands.hands import EASY_WITHDRAWN
from consultazione.sittings.polls.events import poll_stream
from consultazione.sittings.polls.models import Ballot
from consultazione.sittings.room.snapshot import room_snapshot
from tests.support.factories import Factory
from tests.support.participant import Participant
from tests.support.room_play import assert_same
from tests.support.room_reducer import Reducer
from tests.support.stack import PARTS, Stack
from tests.support.waiting import settles, wait_until

VOTERS = 4
ROUNDS = 2  # of each voter before the kill, and after the return
_PAUSE = 0.15  # between a person's commands: a hand on a mouse, and the gateway's limit


@dataclass
class Voter:
    """A participant who votes, changes their mind, asks for the floor and takes it back."""

    room: Participant
    cast: list[str] = field(default_factory=list)
    raised: list[int] = field(default_factory=list)
    most_raised: int = 0  # one person takes down so many hands without a pause, and no more

    def take_part(self, poll_id: int, stop: threading.Event) -> None:
        """Go on until `stop`; note what was acknowledged, in order."""
        for choice in cycle(("yes", "no")):
            self.room.insist("ballot.cast", poll=poll_id, choice=choice)
            self.cast.append(choice)
            if len(self.raised) < self.most_raised:
                self._ask_for_the_floor()
            if stop.wait(_PAUSE):
                return

    def _ask_for_the_floor(self) -> None:
        self.room.insist("hand.raise", sitting=self.room.sitting_id)
        hand = self._own_hand()
        self.room.insist("hand.withdraw", hand=hand)
        self.raised.append(hand)

    def _own_hand(self) -> int:
        """The id of the hand just raised, as the room tells it."""
        found: list[int] = []

        def is_told() -> bool:
            found[:] = [
                entry["data"]["hand_id"]
                for entry in self.room.entries()
                if entry["kind"] == "hand.raised"
                and entry["data"]["person_id"] == self.room.person_id
                and entry["data"]["hand_id"] not in self.raised
            ]
            return bool(found)

        wait_until(is_told, within=30, what="the room tells of the hand")
        return found[0]


@dataclass
class Assembly:
    """An open sitting with a poll, and its voters."""

    stack: Stack
    sitting_id: int
    voters: list[Voter]
    poll_id: int = 0

    def snapshot(self) -> dict[str, Any]:
        """The room as somebody sees it who comes in now."""
        with self.stack.database().snapshot() as session:
            return room_snapshot(session, self.sitting_id)

    def goes_on(self) -> None:
        """Wait until each voter has had some more rounds acknowledged."""
        wanted = [len(voter.raised) + ROUNDS for voter in self.voters]
        for voter, least in zip(self.voters, wanted, strict=True):
            voter.most_raised = min(least + ROUNDS, EASY_WITHDRAWN)
        wait_until(
            lambda: all(len(v.raised) >= n for v, n in zip(self.voters, wanted, strict=True)),
            within=60,
            what="a voter stands still",
        )

    def lives_through(self, part: str) -> None:
        """Let all take part while a part of the stack is killed and comes back."""
        stop = threading.Event()
        busy = [
            threading.Thread(target=voter.take_part, args=[self.poll_id, stop])
            for voter in self.voters
        ]
        for thread in busy:
            thread.start()
        self.goes_on()
        self.stack.kill(part)
        self.stack.wait_ready()
        self.goes_on()
        stop.set()
        for thread in busy:
            thread.join()


@pytest.fixture
def assembly(stack: Stack, make: Factory) -> Iterator[Assembly]:
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    with ExitStack() as room:
        chair = room.enter_context(Participant(stack, facilitator, sitting.id))
        crowd = [
            room.enter_context(Participant(stack, make.citizen(), sitting.id))
            for _ in range(VOTERS)
        ]
        for person in [chair, *crowd]:
            wait_until(lambda: person.snapshot is not None, within=20)  # noqa: B023
        assembly = Assembly(stack, sitting.id, [Voter(person) for person in crowd])
        chair.insist("agenda.start", point=assembly.snapshot()["agenda"][0]["id"])
        chair.insist("poll.open", sitting=sitting.id, question="Shall we?")
        assembly.poll_id = assembly.snapshot()["polls"][0]["id"]
        yield assembly


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_loses_nothing_that_was_acknowledged(
    assembly: Assembly, reducer: Reducer, part: str
) -> None:
    assembly.lives_through(part)
    assert all(voter.cast and voter.raised for voter in assembly.voters)
    assert "Traceback" not in (assembly.stack.place / "web.log").read_text()
    assert_recorded_once(assembly)
    assert_all_see_the_same(assembly, reducer)
    verified = assembly.stack.run("verify")
    assert verified.returncode == 0, verified.stdout


def assert_recorded_once(assembly: Assembly) -> None:
    """What each voter was told is done stands in the log once, in order, and in the state."""
    with assembly.stack.database().snapshot() as session:
        ballots = log.read_stream(session, poll_stream(assembly.poll_id))
        room = log.read_stream(session, sitting_stream(assembly.sitting_id))
        for voter in assembly.voters:
            person_id = voter.room.person_id
            assert [e.event.choice for e in ballots if e.actor_id == person_id] == voter.cast
            for kind in ("hand.raised", "hand.withdrawn"):
                hands = [e.event.hand_id for e in room if (e.kind, e.actor_id) == (kind, person_id)]
                assert hands == voter.raised
            ballot = session.get_one(Ballot, (assembly.poll_id, person_id))
            assert ballot.choice == voter.cast[-1]


def assert_all_see_the_same(assembly: Assembly, reducer: Reducer) -> None:
    """What reached each browser makes the room that a newcomer sees."""
    fresh = assembly.snapshot()
    for voter in assembly.voters:
        wait_until(lambda: voter.room.number == fresh["number"], within=20)  # noqa: B023
    settles(lambda: all(_is_same(v, fresh, reducer) for v in assembly.voters), within=10)
    for voter in assembly.voters:
        assert_same(_seen(voter, reducer), fresh)


def _seen(voter: Voter, reducer: Reducer) -> dict[str, Any]:
    assert voter.room.snapshot is not None
    seen: dict[str, Any] = reducer.replay(voter.room.snapshot, list(voter.room.frames))["state"]
    return seen


def _is_same(voter: Voter, fresh: dict[str, Any], reducer: Reducer) -> bool:
    seen = _seen(voter, reducer)
    return all(seen[key] == fresh[key] for key in ("presence", "turnout"))
