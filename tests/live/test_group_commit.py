"""Group commit: who comes together is done together; each gets their own answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from redis import Redis
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, TimeoutError

from consultazione.core import log
from consultazione.core.actor import Actor
from consultazione.core.errors import Conflict, NotFound, Refusal
from consultazione.live.batched_commands import COMMANDS, BatchedCommands, Sent
from consultazione.live.group_commit import GroupCommit
from consultazione.live.messages import MESSAGES
from consultazione.live.refusals import Busy
from consultazione.sittings.floor.commands.hands import Request
from consultazione.sittings.floor.events import HandRaised
from consultazione.sittings.polls.commands.ballots import Vote
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.polls.models import Ballot
from tests.sittings.conftest import Meeting
from tests.sittings.test_races import real

assert real


def answers_of(*acts: Callable[[], Any]) -> list[Any]:
    """What acts that set off together return or raise."""
    barrier = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        barrier.wait(10)
        try:
            return act()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_those_who_come_together_are_done_together() -> None:
    groups: list[list[int]] = []

    def run(_key: str, items: list[int]) -> list[int]:
        groups.append(items)
        time.sleep(0.2)  # while the first is done, the others come
        return [item * 10 for item in items]

    group: GroupCommit[int, int] = GroupCommit(run, gather=0.1)
    acts = [lambda n=n: group.submit("poll", n) for n in range(20)]
    assert answers_of(*acts) == [n * 10 for n in range(20)]
    assert len(groups) <= 3
    assert sorted(item for items in groups for item in items) == list(range(20))


def test_who_comes_alone_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("consultazione.live.group_commit.time.sleep", waits.append)
    group: GroupCommit[int, int] = GroupCommit(lambda _key, items: items, gather=5.0)
    assert [group.submit("poll", n) for n in range(3)] == [0, 1, 2]
    assert waits == []


def test_a_refusal_and_a_fault_are_one_s_own() -> None:
    def run(_key: str, items: list[int]) -> list[int | Refusal]:
        if 7 in items:
            raise ValueError("this one cannot be stored")
        return [Conflict("no") if item == 3 else item for item in items]

    group: GroupCommit[int, int] = GroupCommit(run, gather=0.1)
    answers = answers_of(*(lambda n=n: group.submit("poll", n) for n in range(10)))
    assert [type(a) for a in answers] == [
        Conflict if n == 3 else ValueError if n == 7 else int for n in range(10)
    ]


@pytest.mark.parametrize(
    "fault",
    [OperationalError("commit", None, ConnectionError("gone")), TimeoutError("no connection free")],
    ids=["gone", "busy"],
)
def test_what_no_one_of_them_caused_is_told_to_all_and_not_tried_again(fault: Exception) -> None:
    times = []

    def run(_key: str, items: list[int]) -> list[int]:
        times.append(len(items))
        raise fault

    group: GroupCommit[int, int] = GroupCommit(run, gather=0.1)
    answers = answers_of(*(lambda n=n: group.submit("poll", n) for n in range(5)))
    assert {type(a) for a in answers} == {type(fault)}
    assert sum(times) == 5


def test_a_full_queue_is_busy_and_empties_again() -> None:
    release, begun = threading.Event(), threading.Event()

    def run(_key: str, items: list[int]) -> list[int]:
        begun.set()
        release.wait(10)
        return items

    group: GroupCommit[int, int] = GroupCommit(run, gather=0.0, most_waiting=2)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(group.submit, "poll", 0)
        begun.wait(10)
        later = [pool.submit(group.submit, "poll", n) for n in (1, 2)]
        while len(group._queues["poll"]) < 2:
            threading.Event().wait(0.001)
        with pytest.raises(Busy) as busy:
            group.submit("poll", 3)
        assert busy.value.retry_after > 0
        release.set()
        assert [f.result(10) for f in (first, *later)] == [0, 1, 2]
    assert group.submit("poll", 4) == 4
    assert not group._queues


@pytest.mark.parametrize("message", COMMANDS)
def test_the_table_names_fields_of_its_messages(message: str) -> None:
    batched = COMMANDS[message]
    assert {batched.target, *batched.content} <= MESSAGES[message].schema().fields.keys()
    assert batched.target in batched.content, "a repeat on something else is another act"


@pytest.fixture
def together(real: Meeting, redis: Redis) -> BatchedCommands:
    """The groups of a process, over a database where commits are final."""
    return BatchedCommands(real.make.database, redis)


@pytest.fixture
def poll_id(real: Meeting) -> int:
    asked = {"sitting_id": real.sitting.id, "question": "Approviamo?"}
    found: int = real.run(open_poll, real.facilitator, **asked).id
    return found


def cast_of(
    together: BatchedCommands, poll_id: int, who: Actor, choice: str, key: Any = None
) -> Any:
    sent = Sent(Vote(who, choice), who, key, ["ballot", poll_id])
    return lambda: together.groups["ballot.cast"].submit(poll_id, sent)


def test_what_is_acknowledged_is_committed_once(
    real: Meeting, together: BatchedCommands, poll_id: int
) -> None:
    voters = [real.make.present(real.sitting) for _ in range(24)]
    absent = real.make.citizen()
    acts = [cast_of(together, poll_id, who, "yes", uuid4()) for who in voters]
    *answers, refused = answers_of(*acts, cast_of(together, poll_id, absent, "yes"))
    assert answers == [None] * 24
    assert isinstance(refused, Conflict)
    with real.make.session() as session:
        entries = log.read_stream(session, f"poll:{poll_id}")
        count = session.scalar(select(func.count()).where(Ballot.poll_id == poll_id))
    assert sorted(e.actor_id or 0 for e in entries) == [who.person_id for who in voters]
    assert [e.number for e in entries] == list(range(1, 25))
    assert count == 24


def test_a_ballot_sent_again_is_cast_once(
    real: Meeting, together: BatchedCommands, poll_id: int
) -> None:
    """An old ballot that is sent again does not undo the change that came after it."""
    key = uuid4()
    first = cast_of(together, poll_id, real.anna, "yes", key)
    assert answers_of(first, first) == [None, None]
    assert cast_of(together, poll_id, real.anna, "no")() is None
    assert first() is None
    assert cast_of(together, poll_id, real.anna, "abstain", key)() is None
    with real.make.session() as session:
        entries = log.read_stream(session, f"poll:{poll_id}")
    assert [e.event.choice for e in entries] == ["yes", "no"]  # type: ignore[attr-defined]


def test_a_refused_ballot_leaves_no_key(
    real: Meeting, together: BatchedCommands, poll_id: int
) -> None:
    key = uuid4()
    late = real.make.citizen()
    again = cast_of(together, poll_id, late, "yes", key)
    assert [type(a) for a in answers_of(again, again)] == [Conflict, Conflict]
    together.arrivals.submit(real.sitting.id, late)
    assert again() is None
    with pytest.raises(NotFound):
        cast_of(together, 2**40, late, "yes")()


def test_hands_of_many_stand_in_the_order_of_commit(
    real: Meeting, together: BatchedCommands
) -> None:
    key, here = uuid4(), real.sitting.id

    def raising(who: Actor, key: Any = None) -> Any:
        sent = Sent(Request(who), who, key, ["hand", here])
        return lambda: together.groups["hand.raise"].submit(here, sent)

    crowd = [real.make.present(real.sitting) for _ in range(12)]
    *answers, refused = answers_of(
        *(raising(who) for who in crowd),
        *[raising(real.anna, key)] * 2,
        raising(real.make.citizen()),
    )
    assert answers == [None] * 14
    assert isinstance(refused, Conflict)
    with real.make.session() as session:
        entries = log.read_stream(session, f"sitting:{here}")
    raised = [e.event for e in entries if isinstance(e.event, HandRaised)]
    assert sorted(r.person_id for r in raised) == sorted(
        who.person_id or 0 for who in (*crowd, real.anna)
    )
    assert [r.hand_id for r in raised] == sorted(r.hand_id for r in raised)


def test_who_comes_in_with_many_has_been_heard_of(
    real: Meeting, together: BatchedCommands, redis: Redis
) -> None:
    crowd = [real.make.citizen() for _ in range(3)]
    answers_of(*(lambda who=who: together.arrivals.submit(real.sitting.id, who) for who in crowd))
    known = {int(person) for person in redis.hkeys(f"here:{real.sitting.id}")}
    assert known == {who.person_id for who in crowd}
