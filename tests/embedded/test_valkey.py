"""The embedded Valkey: what survives and what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from consultazione.embedded.process import servers_in
from consultazione.embedded.valkey import Valkey


@contextmanager
def client(server: Valkey) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(server.url, decode_responses=True) as connection:
        yield connection


@pytest.fixture
def valkey(place: Path) -> Valkey:
    return Valkey(place / "valkey")


def test_it_never_evicts_and_listens_on_no_port(valkey: Valkey) -> None:
    with valkey, client(valkey) as connection:
        assert connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert connection.config_get("port") == {"port": "0"}


def test_written_keys_survive_a_kill_of_the_server(valkey: Valkey) -> None:
    with valkey:
        with client(valkey) as connection:
            connection.set("kept", "7")
            connection.execute_command("WAITAOF", 1, 0, 3000)
        assert valkey.process is not None
        valkey.process.kill()
        valkey.process.wait()
        valkey.start()
        with client(valkey) as connection:
            assert connection.get("kept") == "7"


def test_orphan_of_a_dead_owner_is_replaced(place: Path, valkey: Valkey) -> None:
    with valkey:
        orphan = valkey.process
        assert orphan is not None
        with client(valkey) as connection:
            connection.set("kept", "7")
        valkey._lock.release()  # as the kernel does when the owner is killed
        with Valkey(place / "valkey") as heir, client(heir) as connection:
            assert orphan.wait(5) == 0
            assert connection.get("kept") == "7"
        valkey.process = None


def test_stop_leaves_nothing_behind(valkey: Valkey) -> None:
    with valkey:
        assert servers_in(valkey.data_dir, "valkey-server")
    assert not servers_in(valkey.data_dir, "valkey-server")
    assert not valkey.socket.exists()
