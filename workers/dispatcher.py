"""The dispatcher: reads the log forward, tells browsers, and has jobs done.

One is active, by an advisory lock that PostgreSQL frees when its holder dies; others
stand by. NOTIFY wakes it, a poll is the net below. What it does comes before the cursor
that says so: after a crash it does the last batch again, and a browser drops the
numbers that it has.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from consultazione import events, logs
from consultazione.config import Settings
from consultazione.core import clock, idempotency, job_outbox, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, make_engine, open_database
from consultazione.live import frames, presence
from consultazione.live.contract import PresenceFrame
from consultazione.live.engine.manager import NotPublished
from consultazione.live.fanout import Fanout, RedisFanout
from consultazione.live.room_names import sign_in_room
from consultazione.people.ended_sign_ins import take_ended
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal
from consultazione.sittings.rehearsals import rehearsals_over
from workers.queue import open_queue, remind
from workers.reactions import owed_by

assert events.ALL  # every event must be readable here

BATCH = 500
_LOCK = 0x44495350  # "DISP"
_TICK = 0.03  # the first entry travels at once; those within this time after it, together
_CROWDS_EVERY = 0.25
# A frame is written to every browser of a room, one after the other: the more there are, the
# fewer frames, so that a web process has most of its time for what people do.
_TICK_A_PERSON = 15e-6
_CROWDS_A_PERSON = 75e-6
_JOBS_EVERY = 1.0
_BEAT_EVERY = 5.0
_SWEEP_EVERY = 15.0
_PART_EVERY = 0.5
_TIDY_EVERY = 600.0
_POLL_EVERY = 0.25  # longest sleep: NOTIFY normally ends it at once
_RETRY_AFTER = 0.5

_log = structlog.get_logger()
_AWAY = (SQLAlchemyError, psycopg.Error, RedisError, NotPublished, OSError)


class Dispatcher:
    """What the active dispatcher does; each method is one kind of work."""

    def __init__(self, database: Database, fanout: Fanout, queue: Queue, redis: Redis) -> None:
        self._database = database
        self._fanout = fanout
        self._queue = queue
        self._redis = redis
        self._crowds = frames.PendingSnapshots()
        self._rehearsed: set[int] = set()
        self._present: dict[int, int] = {}

    def forward(self) -> int:
        """Deal with the next batch of entries; how many there were."""
        with self._database.transaction(SYSTEM) as tx:
            after = job_outbox.cursor(tx.session, job_outbox.DISPATCHER)
            entries = log.read_forward(tx.session, after=after, limit=BATCH)
            if not entries:
                return 0
            self._publish(frames.entry_frames(tx.session, entries))
            self._crowds.note(entries)
            job_outbox.add_jobs(tx.session, owed_by(entries), at=tx.now)
            job_outbox.advance(tx.session, job_outbox.DISPATCHER, entries[-1].position)
        return len(entries)

    def remind(self) -> None:
        """Enqueue the jobs that are due; once their rows are free, or a worker would skip them."""
        with self._database.transaction(SYSTEM) as tx:
            due = job_outbox.lease_due(tx.session, at=tx.now)
        for job in due:
            remind(self._queue, job)

    def tell_crowds(self) -> None:
        """Send the snapshots of presence and turnout that have changed."""
        if self._crowds:
            with self._database.snapshot() as session:
                due = self._crowds.frames(session)
            told = [
                cast(PresenceFrame, frame.payload) for frame in due if frame.event == "presence"
            ]
            self._present |= {payload["sitting"]: payload["count"] for payload in told}
            self._publish(due)
            self._crowds.clear()

    def tick(self) -> float:
        """Seconds in which entries gather for one frame."""
        return _TICK + _TICK_A_PERSON * self._largest()

    def crowds_every(self) -> float:
        """Seconds between two snapshots of the same thing."""
        return _CROWDS_EVERY + _CROWDS_A_PERSON * self._largest()

    def _largest(self) -> int:
        return max(self._present.values(), default=0)

    def beat(self) -> None:
        """Tell the open sittings their last number, and rehearsals that they are no more."""
        with self._database.snapshot() as session:
            going_on = set(frames.open_sittings(session))
            self._publish(frames.head_frames(session, sorted(going_on)))
        rehearsed = set(filter(frames.is_of_rehearsal, going_on))
        self._publish([frames.over_frame(one) for one in self._rehearsed - rehearsed])
        self._rehearsed = rehearsed
        self._present = {one: count for one, count in self._present.items() if one in going_on}

    def sweep(self) -> None:
        """End the attendance of those whose connection has been gone for long."""
        presence.sweep(self._database, self._redis)

    def part(self) -> None:
        """Close the connections of sign-ins that were ended."""
        with self._database.transaction(SYSTEM) as tx:
            for digest in take_ended(tx.session):
                self._fanout.end(sign_in_room(digest))

    def tidy(self) -> None:
        """Forget what has been kept long enough."""
        with self._database.transaction(SYSTEM) as tx:
            idempotency.forget_old(tx.session, now=tx.now)

    def end_rehearsals(self) -> None:
        """End the rehearsals that nobody has ended, and forget who was in those that are over."""
        with self._database.transaction(SYSTEM) as tx:
            for sitting_id in rehearsals_over(tx.session, now=tx.now):
                end_rehearsal(tx, sitting_id=sitting_id)
            going_on = frames.open_sittings(tx.session)
        presence.forget_ended(self._redis, going_on)

    def begin(self) -> None:
        """Note that every open sitting may have missed a snapshot."""
        with self._database.snapshot() as session:
            self._crowds.note_missed(frames.open_sittings(session))

    def _publish(self, due: list[frames.Frame]) -> None:
        for frame in due:
            self._fanout.publish(frame.room, frame.event, frame.payload)


class Rhythm:
    """Calls each kind of work as often as it wants to be called."""

    def __init__(self, work: dict[Callable[[], Any], Callable[[], float]]) -> None:
        self._work = work
        self._due = dict.fromkeys(work, 0.0)

    def turn(self) -> None:
        """Do what is due."""
        now = time.monotonic()
        for call, every in self._work.items():
            if self._due[call] <= now:
                call()
                self._due[call] = now + every()


def main(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT, as the active dispatcher or standing by."""
    logs.set_up(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    redis = Redis.from_url(settings.require_redis_url())
    url = settings.require_database_url()
    dispatcher = Dispatcher(
        open_database(url, pool_size=2),
        RedisFanout(settings.require_redis_url()),
        open_queue(redis),
        redis,
    )
    serve(make_engine(url, pool_size=1), dispatcher, stop)
    return 0


def serve(engine: Engine, dispatcher: Dispatcher, stop: threading.Event) -> None:
    """Wait for the lock, then work; start over whenever PostgreSQL or Redis goes away."""
    while not stop.is_set():
        try:
            with _leadership(engine, stop) as connection:
                if connection is not None:
                    _lead(connection, dispatcher, stop)
        except _AWAY as error:
            _log.warning("dispatcher waits", reason=type(error).__name__)
            stop.wait(_RETRY_AFTER)


def _lead(
    connection: psycopg.Connection[Any], dispatcher: Dispatcher, stop: threading.Event
) -> None:
    dispatcher.begin()
    rhythm = Rhythm(
        {
            dispatcher.tell_crowds: dispatcher.crowds_every,
            dispatcher.remind: lambda: _JOBS_EVERY,
            dispatcher.part: lambda: _PART_EVERY,
            dispatcher.beat: lambda: _BEAT_EVERY,
            dispatcher.sweep: lambda: _SWEEP_EVERY,
            dispatcher.tidy: lambda: _TIDY_EVERY,
            dispatcher.end_rehearsals: lambda: _TIDY_EVERY,
        }
    )
    while not stop.is_set():
        told = dispatcher.forward()
        if told == 0:
            _wait(connection)
        elif told < BATCH:
            time.sleep(dispatcher.tick())
        rhythm.turn()


def _wait(connection: psycopg.Connection[Any]) -> None:
    """Sleep until NOTIFY or the next poll."""
    for _ in connection.notifies(timeout=_POLL_EVERY, stop_after=1):
        pass


@contextmanager
def _leadership(engine: Engine, stop: threading.Event) -> Iterator[psycopg.Connection[Any] | None]:
    """A listening connection that holds the dispatcher's lock; None if stopped first."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}):
            if stop.wait(_RETRY_AFTER):
                yield None
                return
        _log.info("dispatcher leads", at=clock.now().isoformat())
        connection.execute(log.listen_statement())
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        try:
            yield driver
        finally:
            # The lock lives as long as its session: never give this one back to the pool.
            connection.invalidate()
