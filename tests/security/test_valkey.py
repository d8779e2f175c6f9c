"""What each role can do in Valkey: its own work, and nothing that harms the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError
from redis.retry import Retry
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from consultazione.config import BadSetting, read_settings
from consultazione.core import clock
from consultazione.core.job_outbox import Job
from consultazione.embedded.valkey import Valkey
from consultazione.embedded.valkey_users import RULES
from consultazione.live import presence
from consultazione.live.engine.manager import NotPublished, StrictRedisManager
from consultazione.live.fanout import RedisFanout
from workers import job_runner
from workers.queue import open_queue, remind
from workers.reactions import BY_NAME
from workers.worker import ReminderWorker

As = Callable[[str], Redis]
HARMFUL = (
    "CONFIG GET *", "CONFIG SET dir /tmp", "FLUSHALL", "FLUSHDB", "KEYS *",
    "SHUTDOWN NOSAVE", "SCRIPT FLUSH", "FUNCTION FLUSH", "MONITOR", "ACL LIST", "ACL SETUSER web",
    "CLIENT LIST", "CLIENT KILL TYPE normal", "SAVE", "BGREWRITEAOF", "REPLICAOF no one",
    "MODULE LIST", "SWAPDB 0 1", "SLOWLOG GET", "MIGRATE h 1 k 0 1", "RESTORE k 0 x",
    "RANDOMKEY", "PSUBSCRIBE *", "SUBSCRIBE rq:pubsub:1", "PUBLISH rq:pubsub:1 {}",
)  # fmt: skip


@pytest.fixture
def as_user(valkey_server: Valkey) -> As:
    """Valkey as the user of a role."""
    return lambda user: Redis.from_url(valkey_server.url_for(user))


@pytest.mark.parametrize("role", RULES)
@pytest.mark.parametrize("command", HARMFUL)
def test_no_role_can_do_harm(as_user: As, role: str, command: str) -> None:
    with as_user(role) as redis, pytest.raises(NoPermissionError):
        redis.execute_command(*command.split())


@pytest.mark.parametrize(
    ("role", "key"),
    [
        ("web", "rq:queue:consultazione"),
        ("web", "jobs:refused"),
        ("dispatcher", "LIMITS:x"),
        ("worker", "LIMITS:x"),
        ("worker", "here:1"),
    ],
)
def test_a_role_has_no_keys_of_another(as_user: As, role: str, key: str) -> None:
    for words in (("GET", key), ("DEL", key), ("EVAL", f"return redis.call('DEL', '{key}')", 0)):
        with as_user(role) as redis, pytest.raises(RedisError, match=r"permission|key"):
            redis.execute_command(*words)


def test_nobody_gets_in_without_a_password(valkey_server: Valkey) -> None:
    at_once = Retry(NoBackoff(), 0)
    guesses = [{}] + [{"username": user, "password": "guess"} for user in (*RULES, "default")]
    for guess in guesses:
        with pytest.raises(AuthenticationError):
            Redis(unix_socket_path=str(valkey_server.socket), retry=at_once, **guess).ping()


def test_no_password_stands_on_the_disk(valkey_server: Valkey) -> None:
    users = valkey_server.data_dir.with_name(f"{valkey_server.data_dir.name}.users")
    assert users.stat().st_mode & 0o077 == 0
    for user in RULES:
        password = valkey_server.url_for(user).split(":")[2].split("@")[0]
        assert len(password) >= 32
        kept = [users, valkey_server.log, *valkey_server.data_dir.rglob("*")]
        assert not [f for f in kept if f.is_file() and password.encode() in f.read_bytes()]


def test_dispatcher_and_worker_can_do_their_work(
    as_user: As, valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, int]] = []
    monkeypatch.setattr(job_runner, "run", lambda *reminder: ran.append(reminder))
    monkeypatch.setattr(ReminderWorker, "execute_job", SimpleWorker.execute_job)
    reaction = next(iter(BY_NAME))
    owed = Job(position=7, reaction=reaction, due_at=clock.now())
    with as_user("dispatcher") as redis:
        remind(open_queue(redis), owed)
        remind(open_queue(redis), owed)
        presence.note(redis, 1, [2])
        presence.forget_ended(redis, [])
        assert redis.hgetall("here:1") == {}
    with as_user("worker") as redis:
        worker = ReminderWorker([open_queue(redis)], connection=redis, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="CRITICAL")
        worker.run_maintenance_tasks()
    assert ran == [(reaction, 7)]
    Redis.from_url(valkey_url).flushall()


@pytest.mark.parametrize("role", RULES)
def test_every_role_can_tell_browsers(valkey_server: Valkey, role: str) -> None:
    heard = StrictRedisManager(valkey_server.url_for("web"))
    heard._redis_connect()
    heard.pubsub.subscribe(heard.channel)
    RedisFanout(valkey_server.url_for(role)).publish("sitting:1", "head", {"number": 1})
    told = [heard.pubsub.get_message(timeout=1) for _ in range(2)]
    assert [one["type"] for one in told if one] == ["message"]


def test_an_address_is_never_said(
    valkey_server: Valkey, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Neither by what refuses a password, nor when Valkey is away, nor of a bad setting."""
    caplog.set_level(logging.DEBUG)
    away = valkey_server.url_for("web").replace("@/", "@/no/")
    wrong = valkey_server.url_for("web").replace("web:", "web:hunter2")
    for url in (away, wrong):
        with pytest.raises(RedisError) as refused:
            Redis.from_url(url, retry=Retry(NoBackoff(), 0)).ping()
        with pytest.raises(NotPublished) as unheard:
            RedisFanout(url).publish("sitting:1", "head", {})
        password = url.split(":")[2].split("@")[0]
        told = f"{refused.value!r} {unheard.value!r} {caplog.text}"
        assert password not in told
    kept = tmp_path / "address"
    kept.write_text("mysql://consultazione:hunter2@host/name")
    for bad in ({"DATABASE_URL": kept.read_text()}, {"DATABASE_URL_FILE": str(kept)}):
        with pytest.raises(BadSetting) as said:
            read_settings(bad)
        assert "hunter2" not in str(said.value)
