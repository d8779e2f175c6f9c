"""A web process that was deaf for a while has its browsers ask for what they missed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest
from redis import Redis
from socketio import Manager, Server

from consultazione.live.engine.fast_manager import FastManager
from consultazione.live.engine.manager import NotPublished, StrictRedisManager
from consultazione.live.fanout import RedisFanout


@pytest.fixture
def manager(valkey_url: str) -> Iterator[StrictRedisManager]:
    """A web process's manager, which listens when its messages are asked for."""
    manager = StrictRedisManager(valkey_url)
    yield manager
    manager.pubsub.close()


def test_browsers_ask_anew_whenever_listening_begins(
    manager: StrictRedisManager, valkey_url: str
) -> None:
    heard = manager._listen()
    assert next(heard)["event"] == "resume"
    RedisFanout(valkey_url).publish("sitting:1", "turnout", {"cast": 1})
    assert json.loads(next(heard))["event"] == "turnout"
    with Redis.from_url(valkey_url) as redis:
        assert redis.client_kill_filter(_type="pubsub") == 1
    assert next(heard)["event"] == "resume"
    RedisFanout(valkey_url).publish("sitting:1", "turnout", {"cast": 2})
    assert json.loads(next(heard))["event"] == "turnout"


def test_a_message_that_did_not_go_out_is_not_taken_for_sent() -> None:
    with pytest.raises(NotPublished):
        RedisFanout("unix:///nowhere/valkey.sock").publish("sitting:1", "turnout", {})


def test_a_room_ends_with_its_connections(valkey_url: str) -> None:
    manager = StrictRedisManager(valkey_url)
    manager.set_server(Server(client_manager=manager, async_mode="threading"))
    inside, outside = (manager.connect(sid, "/") for sid in ("one", "two"))
    manager.enter_room(inside, "/", "sign-in:00")
    RedisFanout(valkey_url).end("sign-in:00")
    heard = manager._listen()
    assert next(heard)["event"] == "resume"
    RedisFanout(valkey_url).end("sign-in:00")
    manager._handle_close_room(json.loads(next(heard)))
    assert not manager.is_connected(inside, "/")
    assert manager.is_connected(outside, "/")
    manager.pubsub.close()


def test_a_frame_that_cannot_be_written_holds_up_no_other(valkey_url: str) -> None:
    manager, written = FastManager(valkey_url), []
    manager.set_server(Server(client_manager=manager, async_mode="threading"))
    manager._write = lambda first, *_: written.append(first["event"])  # type: ignore[method-assign]
    whole = {"event": "head", "namespace": "/", "room": "sitting:1", "data": {}}
    broken = {"event": "broken", "namespace": "/", "room": "sitting:2"}
    manager._messages.extend([broken, whole, whole | {"room": "sitting:3"}])
    manager._is_writing = True
    manager._write_all()
    assert written == ["head", "head"]
    assert not manager._is_writing


def test_a_connection_is_forgotten_as_the_library_does(valkey_url: str) -> None:
    honest, plain = StrictRedisManager(valkey_url), Manager()
    for manager in (honest, plain):
        server = Server(client_manager=manager, async_mode="threading")
        manager.set_server(server)
        server.eio.generate_id = count(1).__next__
        one, two = (manager.connect(f"browser {n}", "/") for n in (1, 2))
        for room in ("sitting:1", "person:1", "sign-in:00"):
            manager.enter_room(one, "/", room)
        manager.enter_room(two, "/", "sitting:1")
        manager.leave_room(one, "/", "person:1")
        manager.pre_disconnect(one, "/")
        manager.disconnect(one, "/", ignore_queue=True)
    assert honest.rooms == plain.rooms
    assert (honest.pending_connect, honest.pending_disconnect) == ({}, {})
    honest.disconnect(two, "/", ignore_queue=True)
    assert not honest.rooms
    assert not honest._rooms_of
