"""Keys in a Valkey or Redis that keeps nothing on a disk, for several machines or containers."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from redis import Redis
from redis.exceptions import RedisError, ResponseError

from consultazione.bad_setting import BadSetting
from consultazione.core import clock
from consultazione.core.keys import LENGTH, KeysAway

T = TypeVar("T")
_PREFIX = "consultazione:poll-key:"
# A value is the moment of creation in seconds since 1970, then the key.
_MOMENT = struct.Struct(">d")
_SECONDS = 5.0


class KeyService:
    """A key service at a redis:// or rediss:// address, of one installation alone.

    BadSetting for an address that cannot be read, and for a server that writes what it holds
    to a disk; a server that does not let its configuration be read is taken at its word.
    """

    def __init__(self, url: str) -> None:
        try:
            self._redis: Any = Redis.from_url(
                url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
            )
        except ValueError as error:
            raise BadSetting(f"POLL_KEYS_URL: {error}") from None
        _refuse_persistence(self._redis)

    def create(self, name: str) -> bytes:
        """Draw and store a new key; KeysAway if the name is taken or the service is away."""
        key = secrets.token_bytes(LENGTH)
        value = _MOMENT.pack(clock.now().timestamp()) + key
        if not _ask(lambda: self._redis.set(_PREFIX + name, value, nx=True)):
            raise KeysAway(f"there is a key with the name {name} already")
        return key

    def get(self, name: str) -> bytes | None:
        """Return a key; None if the service does not have it."""
        value: bytes | None = _ask(lambda: self._redis.get(_PREFIX + name))
        return None if value is None or len(value) != _MOMENT.size + LENGTH else value[-LENGTH:]

    def destroy(self, name: str) -> None:
        """Remove a key. Idempotent."""
        _ask(lambda: self._redis.delete(_PREFIX + name))

    def list(self) -> dict[str, datetime]:
        """Return each key's name and creation."""
        found: list[bytes] = _ask(lambda: list(self._redis.scan_iter(match=f"{_PREFIX}*")))
        values = _ask(lambda: self._redis.mget(found)) if found else []
        return {
            name.decode().removeprefix(_PREFIX): _created(value)
            for name, value in zip(found, values, strict=True)
            if value is not None
        }


def _created(value: bytes) -> datetime:
    seconds: float = _MOMENT.unpack_from(value)[0] if len(value) >= _MOMENT.size else 0.0
    return clock.from_timestamp(seconds)


def _ask(question: Callable[[], T]) -> T:
    try:
        return question()
    except RedisError as error:
        raise KeysAway(f"the key service does not answer: {type(error).__name__}") from None


def _refuse_persistence(redis: Any) -> None:
    try:
        found = {**redis.config_get("save"), **redis.config_get("appendonly")}
    except ResponseError:  # it does not let us read its configuration
        return
    except RedisError as error:
        raise BadSetting(
            f"POLL_KEYS_URL: the key service does not answer ({type(error).__name__})."
        ) from None
    if found.get("save") or found.get("appendonly") == "yes":
        raise BadSetting(
            "POLL_KEYS_URL: this server writes what it holds to a disk: "
            "start it with --save '' --appendonly no."
        )
