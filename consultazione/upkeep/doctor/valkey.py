"""Valkey or Redis: there, and throwing nothing away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from consultazione.embedded.process import servers_in
from consultazione.embedded.valkey import Valkey
from consultazione.upkeep.doctor.case import Case, Finding, advice

_SECONDS = 3.0
_MOST_SHARE = 0.9


def valkey_answers(case: Case) -> Iterator[Finding]:
    """Rooms, limits and reminders of jobs have their server; nothing is lost without it."""
    if case.settings.redis_url is None and not case.is_ours:
        return
    why = _refusal(case)
    if why:
        yield Finding(
            f"Valkey does not answer ({why}): rooms stand still, and nobody can sign in.",
            "Start it, or correct REDIS_URL; 'up' starts its own again by itself.",
        )


def valkey_evicts_nothing(case: Case) -> Iterator[Finding]:
    """It refuses to write rather than forget, and has room. What it may not tell, is not asked."""
    if case.settings.redis_url is None:
        return  # that of `up` is started so
    memory = _memory(case.settings.redis_url)
    policy = memory.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        yield Finding(
            f"Valkey's maxmemory-policy is {policy}: it forgets jobs and limits when it is full.",
            "Start it with --maxmemory-policy noeviction.",
        )
    most = int(memory.get("maxmemory", 0))
    if most and int(memory.get("used_memory", 0)) > _MOST_SHARE * most:
        yield advice("Valkey's memory is nearly full.", "Raise its maxmemory.")


def _refusal(case: Case) -> str:
    try:
        if case.settings.redis_url is None:
            return _own_refusal(case)
        _open(case.settings.redis_url).ping()
    except (RedisError, OSError, ValueError) as error:
        return type(error).__name__
    return ""


def _own_refusal(case: Case) -> str:
    """Why the server of `up` does not answer; it knows nobody without a password, and says so."""
    place = case.settings.data_dir / "valkey"
    if not servers_in(place, Valkey.program):
        return "it does not run"
    try:
        Redis(unix_socket_path=str(Valkey(place).socket), socket_timeout=_SECONDS).ping()
    except AuthenticationError:
        return ""
    return ""


def _memory(url: str) -> Mapping[str, str | int]:
    try:
        found: Mapping[str, str | int] = _open(url).info("memory")
    except (NoPermissionError, RedisError, OSError, ValueError):
        return {}
    return found


def _open(url: str) -> Any:
    return Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
