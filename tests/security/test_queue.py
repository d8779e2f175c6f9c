"""What whoever can write to the queue still cannot do: run anything but an owed job."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Queue, SimpleWorker
from rq.command import PUBSUB_CHANNEL_TEMPLATE
from rq.job import Job
from rq.registry import ScheduledJobRegistry, StartedJobRegistry
from rq.serializers import JSONSerializer
from rq.suspension import suspend

from consultazione.core import clock
from workers import job_runner
from workers.queue import NAME, open_queue
from workers.reactions import BY_NAME
from workers.reminder_job import REFUSED, TASK, TIMEOUT_SECONDS, ReminderJob
from workers.worker import ReminderWorker, open_worker

REACTION = next(iter(BY_NAME))
Ran = list[tuple[str, int]]


class InProcess(ReminderWorker):
    """The product's worker, without its fork, so that a test sees what it runs."""

    execute_job = SimpleWorker.execute_job


@pytest.fixture
def redis(valkey_url: str) -> Iterator[Redis]:
    redis = Redis.from_url(valkey_url)
    redis.flushall()
    yield redis
    redis.flushall()


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    """The owed jobs that the worker has run."""
    ran: Ran = []
    monkeypatch.setattr(job_runner, "run", lambda *reminder: ran.append(reminder))
    return ran


def forge(redis: Redis, data: Any, **fields: str | int) -> str:
    """Put a job into the queue as whoever holds Valkey can, past our own code."""
    forged = Job.create(TASK, args=[REACTION, 7], connection=redis, serializer=JSONSerializer,
                        origin=NAME)  # fmt: skip
    forged.save()
    stored = {"data": data if isinstance(data, bytes) else json.dumps(data), **fields}
    redis.hset(forged.key, mapping=stored)
    redis.sadd("rq:queues", f"rq:queue:{NAME}")
    redis.rpush(f"rq:queue:{NAME}", forged.id)
    return forged.id


def work(redis: Redis) -> InProcess:
    """Run the worker until the queue is empty."""
    worker = InProcess([open_queue(redis)], connection=redis, serializer=JSONSerializer)
    worker.work(burst=True, logging_level="CRITICAL")
    return worker


GOOD = [TASK, None, [REACTION, 7], {}]


@pytest.mark.parametrize(
    "data",
    [
        ["os.system", None, ["touch {proof}"], {}],
        ["pathlib.Path.touch", None, ["{proof}"], {}],
        ["workers.job_runner.perform", None, [REACTION, 7], {}],
        ["run", "workers.job_runner", [REACTION, 7], {}],
        [TASK, None, ["no_such_reaction", 7], {}],
        [TASK, None, [REACTION, "7"], {}],
        [TASK, None, [REACTION, True], {}],
        [TASK, None, [REACTION, 0], {}],
        [TASK, None, [REACTION], {}],
        [TASK, None, [REACTION, 7, 8], {}],
        [TASK, None, [REACTION], {"position": 7}],
        [TASK, None, {"reaction": REACTION, "position": 7}, {}],
        [None, None, [], {}],
        {},
        b"\x80\x04cos\nsystem\n.",
        b"x" * 100_000,
    ],
    ids=lambda data: repr(data)[:50],
)
def test_any_other_job_is_refused_counted_and_dropped(
    redis: Redis, ran: Ran, tmp_path: Path, data: Any
) -> None:
    proof = tmp_path / "proof"
    if isinstance(data, list):
        data = json.loads(json.dumps(data).replace("{proof}", str(proof)))
    number = forge(redis, data)
    work(redis)
    assert ran == []
    assert not proof.exists()
    assert int(redis.get(REFUSED) or 0) == 1
    assert not redis.exists(Job.key_for(number))
    assert redis.llen(f"rq:queue:{NAME}") == 0


def test_the_same_job_would_run_with_rqs_own_worker(redis: Redis, tmp_path: Path) -> None:
    """Else the test above would show nothing."""
    forge(redis, ["os.system", None, [f"touch {tmp_path / 'proof'}"], {}])
    queue = Queue(NAME, connection=redis, serializer=JSONSerializer)
    worker = SimpleWorker([queue], connection=redis, serializer=JSONSerializer)
    worker.work(burst=True, logging_level="CRITICAL")
    assert (tmp_path / "proof").exists()


def test_a_bad_job_holds_up_no_good_one(redis: Redis, ran: Ran) -> None:
    forge(redis, ["os.system", None, ["true"], {}])
    forge(redis, GOOD, created_at="no date", timeout="never")
    forge(redis, GOOD)
    work(redis)
    assert ran == [(REACTION, 7)]


@pytest.mark.parametrize("kind", ["success", "failure", "stopped"])
def test_callbacks_are_not_called(
    redis: Redis, ran: Ran, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def fail(*reminder: Any) -> None:
        ran.append(reminder)
        raise RuntimeError

    if kind != "success":
        monkeypatch.setattr(job_runner, "run", fail)
    called: list[Any] = []
    monkeypatch.setattr("shutil.rmtree", lambda *given: called.append(given))
    forge(redis, GOOD, **{f"{kind}_callback_name": "shutil.rmtree"})
    work(redis)
    assert ran == [(REACTION, 7)]
    assert called == []


def test_a_callback_of_an_abandoned_job_is_not_called(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Maintenance has jobs fail whose worker has died, and would call what they name."""
    called: list[Any] = []
    monkeypatch.setattr("shutil.rmtree", lambda *given: called.append(given))
    number = forge(redis, GOOD, failure_callback_name="shutil.rmtree", status="started")
    redis.delete(f"rq:queue:{NAME}")
    redis.zadd(StartedJobRegistry(NAME, redis).key, {f"{number}:execution": 1})
    open_worker(redis).run_maintenance_tasks()
    assert redis.zcard(StartedJobRegistry(NAME, redis).key) == 0
    assert called == []


def test_no_address_is_called(redis: Redis, ran: Ran) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hook = {"url": f"http://127.0.0.1:{server.server_port}/", "job_status": "finished"}
        forge(redis, GOOD, webhooks=json.dumps([hook]))
        work(redis)
        server.shutdown()
    assert ran == [(REACTION, 7)]
    assert asked == []


def test_a_job_keeps_no_limits_of_its_own(redis: Redis) -> None:
    number = forge(redis, GOOD, timeout=-1, result_ttl=-1, origin="other", retries_left=9,
                   repeats_left=9, description="\nforged line", rate_limit_key="k")  # fmt: skip
    job = ReminderJob.fetch(number, redis, JSONSerializer)
    assert (job.timeout, job.origin, job.retries_left) == (TIMEOUT_SECONDS, NAME, None)
    assert (job.result_ttl, job.repeats_left, job.rate_limit_key) == (3600, None, None)
    assert "\n" not in str(job.description)


def test_a_worker_takes_no_commands(redis: Redis, ran: Ran) -> None:
    """Suspension by a key, and what RQ would take from a channel: stop, kill, shut down."""
    suspend(redis)
    forge(redis, GOOD)
    worker = work(redis)
    assert ran == [(REACTION, 7)]
    assert redis.publish(PUBSUB_CHANNEL_TEMPLATE % worker.name, '{"command": "shutdown"}') == 0
    worker.subscribe()
    assert redis.pubsub_channels() == []


def test_nothing_is_run_at_a_later_time(redis: Redis, ran: Ran) -> None:
    number = forge(redis, ["os.system", None, ["true"], {}])
    redis.delete(f"rq:queue:{NAME}")
    redis.zadd(ScheduledJobRegistry(NAME, redis).key, {number: clock.now().timestamp() - 9})
    assert work(redis).scheduler is None
    assert ran == []
    assert redis.exists(Job.key_for(number)), "nobody has looked at it"
