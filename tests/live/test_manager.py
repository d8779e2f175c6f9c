"""A web process that was deaf for a while has its browsers ask for what they missed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from redis import Redis

from consultazione.live.fanout import RedisFanout
from consultazione.live.manager import HonestManager, NotPublished


@pytest.fixture
def manager(valkey_url: str) -> Iterator[HonestManager]:
    """A web process's manager, which listens when its messages are asked for."""
    manager = HonestManager(valkey_url)
    yield manager
    manager.pubsub.close()


def test_browsers_ask_anew_whenever_listening_begins(
    manager: HonestManager, valkey_url: str
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
