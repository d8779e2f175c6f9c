"""The dispatcher: tells and owes before it moves on, and never moves on without telling."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from redis import Redis
from sqlalchemy import Engine, delete, event, select, text
from sqlalchemy.orm import Session

from consultazione.core import clock, job_outbox, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.db import Database, Transaction
from consultazione.core.events import Event
from consultazione.live import presence
from consultazione.live.engine.manager import NotPublished
from consultazione.live.room_names import sign_in_room
from consultazione.people.commands.accounts import sign_out_elsewhere, start_sign_in
from consultazione.people.secret_tokens import digest_of
from consultazione.sittings.events import SittingClosed
from consultazione.sittings.lifecycle.commands.opening import open_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal, start_rehearsal
from consultazione.sittings.models import Sitting
from consultazione.sittings.questions.commands.questions import ask_question
from consultazione.sittings.rehearsals import REHEARSED_FOR
from consultazione.zones.events import ZoneSetUp
from tests.support.factories import Factory
from tests.support.memory_keys import MemoryKeys
from tests.support.waiting import wait_until
from workers import dispatcher as module
from workers import job_runner
from workers.dispatcher import Dispatcher
from workers.loops import reminders
from workers.loops.rhythm import Loop
from workers.queue import open_queue

CLOSED = SittingClosed(sitting_id=7)


class Recorder:
    """A fan-out that remembers, or that is away."""

    def __init__(self) -> None:
        self.frames: list[tuple[str, str, dict[str, Any]]] = []
        self.parted: list[tuple[list[str], str]] = []
        self.ended: list[str] = []
        self.away = False

    def publish(self, room: str, event: str, payload: dict[str, Any]) -> None:
        if self.away:
            raise NotPublished
        self.frames.append((room, event, payload))

    def part(self, members: Collection[str], room: str) -> None:
        self.parted.append(([*members], room))

    def end(self, room: str) -> None:
        if self.away:
            raise NotPublished
        self.ended.append(room)


@pytest.fixture
def redis(valkey_url: str) -> Iterator[Redis]:
    redis = Redis.from_url(valkey_url)
    redis.flushall()
    yield redis
    redis.flushall()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def active(database: Database, recorder: Recorder, redis: Redis) -> Dispatcher:
    return Dispatcher(database, recorder, open_queue(redis), redis, MemoryKeys())


def test_the_keys_of_polls_are_swept_when_their_store_answers(
    database: Database, recorder: Recorder, redis: Redis
) -> None:
    keys = MemoryKeys()
    keys.create("1-never-opened")
    loop = Dispatcher(database, recorder, open_queue(redis), redis, keys).poll_keys
    keys.is_away = True
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        loop.turn()
        keys.is_away = False
        assert set(keys.list()) == {"1-never-opened"}
        loop.turn()
    assert keys.list() == {}


def record(database: Database, stream: str, event: Event) -> log.Entry:
    with database.transaction(SYSTEM) as tx:
        tx.record(stream, event)
    return tx.entries[0]


def drain(active: Dispatcher) -> None:
    while active.tail.forward():
        pass


def cursor(database: Database) -> int:
    with database.snapshot() as session:
        return job_outbox.cursor(session, job_outbox.DISPATCHER)


def set_up(zone_id: int) -> ZoneSetUp:
    return ZoneSetUp(zone_id=zone_id, cycle_start=2018, cycle_end=2020)


def test_entries_of_one_stream_travel_as_one_frame(
    database: Database, active: Dispatcher, recorder: Recorder
) -> None:
    drain(active)
    recorder.frames.clear()
    for number in range(3):
        record(database, "table:1", set_up(number))
    drain(active)
    ((room, event, payload),) = recorder.frames
    assert (room, event) == ("table:1", "entries")
    assert [entry["number"] for entry in payload["entries"]] == [1, 2, 3]
    assert "data" not in payload["entries"][0], "only a sitting's room learns what happened"


@pytest.mark.parametrize("stream", ["person:1", "zone:1", "poll:1", "attendance:1"])
def test_nobody_is_told_of_what_nobody_can_follow(
    stream: str, database: Database, active: Dispatcher, recorder: Recorder
) -> None:
    drain(active)
    recorder.frames.clear()
    record(database, stream, set_up(1))
    drain(active)
    assert recorder.frames == []


def test_the_cursor_stays_while_redis_is_away(
    database: Database, active: Dispatcher, recorder: Recorder
) -> None:
    drain(active)
    before = cursor(database)
    entry = record(database, "table:1", set_up(1))
    recorder.away = True
    with pytest.raises(NotPublished):
        active.tail.forward()
    assert cursor(database) == before
    recorder.away = False
    drain(active)
    assert cursor(database) == entry.position
    assert recorder.frames[-1][0] == "table:1"


def test_a_closed_sitting_owes_its_minutes_once(
    database: Database, active: Dispatcher, redis: Redis
) -> None:
    entry = record(database, "zone:1", CLOSED)
    drain(active)
    active.reminders.turn()
    active.reminders.turn()
    with database.snapshot() as session:
        owed = session.scalars(
            select(job_outbox.Job).where(job_outbox.Job.position == entry.position)
        ).all()
    assert [(job.reaction, job.state) for job in owed] == [
        ("draft_minutes", job_outbox.JobState.PENDING)
    ]
    (queued,) = open_queue(redis).jobs
    assert queued.func is job_runner.run
    assert list(queued.args) == ["draft_minutes", entry.position]


def test_a_job_is_enqueued_once_its_row_is_free(
    database: Database, active: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is quicker than the dispatcher's commit would find the row locked."""
    record(database, "zone:1", CLOSED)
    drain(active)
    transaction, inside, enqueued = database.transaction, [False], []

    @contextmanager
    def watched(actor: Actor) -> Iterator[Transaction]:
        with transaction(actor) as tx:
            inside[0] = True
            yield tx
        inside[0] = False

    monkeypatch.setattr(database, "transaction", watched)
    monkeypatch.setattr(reminders, "remind", lambda *_: enqueued.append(inside[0]))
    active.reminders.turn()
    assert enqueued == [False]


def test_what_redis_forgets_is_enqueued_again(
    database: Database, active: Dispatcher, redis: Redis
) -> None:
    record(database, "zone:1", CLOSED)
    drain(active)
    active.reminders.turn()
    redis.flushall()
    with database.transaction(SYSTEM) as tx:
        tx.session.execute(text("UPDATE job SET due_at = now() - interval '1 minute'"))
    active.reminders.turn()
    assert len(open_queue(redis).jobs) == 1


@contextmanager
def executed(engine: Engine, words: str) -> Iterator[list[str]]:
    """The statements with some words in them, as they are executed."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if words in statement:
            found.append(statement)

    event.listen(engine, "after_cursor_execute", note)
    yield found
    event.remove(engine, "after_cursor_execute", note)


def test_a_standby_takes_over_when_the_leader_ends(engine: Engine, redis: Redis) -> None:
    """Two real dispatchers; the leader ends, and the other leads."""
    database = Database(write=lambda: Session(engine), read=lambda: Session(engine))
    leaders: list[str] = []

    class Named(Dispatcher):
        def __init__(self, name: str) -> None:
            super().__init__(database, Recorder(), open_queue(redis), redis, MemoryKeys())
            self.name = name

        def begin(self) -> None:
            leaders.append(self.name)

        def loops(self) -> list[Loop]:
            return [loop for loop in super().loops() if loop is not self.presence]

    stops = [threading.Event(), threading.Event()]
    threads = [
        threading.Thread(target=module.serve, args=(engine, Named(name), stop))
        for name, stop in zip("ab", stops, strict=True)
    ]
    try:
        with executed(engine, "pg_try_advisory_lock") as tried:
            for thread in threads:
                thread.start()
            # The leader's own, and three of the other in vain.
            wait_until(lambda: len(tried) >= 4, within=10)
        assert len(leaders) == 1, "two dispatchers lead at the same time"
        stops["ab".index(leaders[0])].set()
        wait_until(lambda: len(leaders) == 2, within=10)
        assert set(leaders) == {"a", "b"}
    finally:
        for stop in stops:
            stop.set()
        for thread in threads:
            thread.join(5)
        with database.transaction(SYSTEM) as tx:
            tx.session.execute(delete(job_outbox.Cursor))
            tx.session.execute(delete(job_outbox.Job))


def test_connections_of_an_ended_sign_in_are_closed_once(
    active: Dispatcher, database: Database, recorder: Recorder, make: Factory
) -> None:
    anna = make.citizen()
    assert anna.person_id is not None
    with database.transaction(SYSTEM) as tx:
        kept, lost = (
            start_sign_in(tx, person_id=anna.person_id, device=device) for device in ("a", "b")
        )
    with database.transaction(anna) as tx:
        sign_out_elsewhere(tx, key=kept)
    recorder.away = True
    with pytest.raises(NotPublished):
        active.ended_sign_ins.turn()
    recorder.away = False
    active.ended_sign_ins.turn()
    active.ended_sign_ins.turn()
    assert recorder.ended == [sign_in_room(digest_of(lost))]


def test_connections_of_a_sign_in_whose_time_is_over_are_closed(
    active: Dispatcher, database: Database, recorder: Recorder, make: Factory
) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    with database.transaction(SYSTEM) as tx:
        key = start_sign_in(tx, person_id=office.person_id or 0, device="a")
    for hours, ended in ((7, []), (9, [sign_in_room(digest_of(key))])):
        with time_machine.travel(clock.now() + timedelta(hours=hours)):
            assert active.outlived_sign_ins in active.loops()
            active.outlived_sign_ins.turn()
            active.ended_sign_ins.turn()
            assert recorder.ended == ended


def test_snapshots_that_did_not_go_out_go_out_later(
    active: Dispatcher, database: Database, recorder: Recorder, redis: Redis, make: Factory
) -> None:
    """Redis was away, or another dispatcher leads since: of a question nobody else would tell."""
    sitting = make.sitting()
    make.presided(sitting)
    with database.transaction(make.present(sitting)) as tx:
        ask_question(tx, sitting_id=sitting.id, body="Quando?")
    drain(active)
    recorder.away = True
    with pytest.raises(NotPublished):
        active.snapshots.turn()
    recorder.away = False
    recorder.frames.clear()
    active.snapshots.turn()
    assert "questions" in [event for _, event, _ in recorder.frames]
    active.snapshots.turn()
    assert len({event for _, event, _ in recorder.frames}) == len(recorder.frames), "told twice"
    successor = Dispatcher(database, recorder, open_queue(redis), redis, MemoryKeys())
    recorder.frames.clear()
    successor.begin()
    successor.snapshots.turn()
    told = {event for _, event, payload in recorder.frames if payload["sitting"] == sitting.id}
    assert told == {"presence", "questions", "record"}


def test_the_pace_is_that_of_the_sittings_that_go_on(
    active: Dispatcher, database: Database, make: Factory
) -> None:
    alone = active.pace.tick()
    sitting = make.sitting()
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    with database.transaction(chair) as tx:
        rehearsal = start_rehearsal(tx, sitting_id=sitting.id).id
        open_sitting(tx, sitting_id=rehearsal)
    drain(active)
    active.snapshots.turn()
    assert active.pace.tick() > alone
    with database.transaction(chair) as tx:
        end_rehearsal(tx, sitting_id=rehearsal)
    active.heartbeat.turn()
    assert active.pace.tick() == alone


def test_a_rehearsal_that_nobody_ends_is_ended(
    active: Dispatcher, recorder: Recorder, redis: Redis, make: Factory
) -> None:
    sitting = make.sitting()
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(chair) as tx:
        rehearsal = start_rehearsal(tx, sitting_id=sitting.id).id
        open_sitting(tx, sitting_id=rehearsal)
    presence.note(redis, rehearsal, [chair.person_id or 0])
    active.tail.forward()
    active.heartbeat.turn()
    active.rehearsals.turn()
    assert redis.exists(f"here:{rehearsal}")
    with time_machine.travel(clock.now() + REHEARSED_FOR + timedelta(minutes=1)):
        active.rehearsals.turn()
    assert not redis.exists(f"here:{rehearsal}")
    with make.session() as session:
        assert session.get(Sitting, rehearsal) is None
    active.heartbeat.turn()
    assert recorder.frames[-1] == (f"sitting:{rehearsal}", "resume", {})
    active.snapshots.turn()  # nothing is told of what is forgotten
    assert not any(event == "presence" for _, event, _ in recorder.frames)
