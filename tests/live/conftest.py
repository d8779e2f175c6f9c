"""A web process's Socket.IO edge without its queue, and browsers that talk to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_socketio import SocketIO, SocketIOTestClient
from redis import Redis

from consultazione.core.actor import Actor
from consultazione.live.server import create_socketio
from consultazione.sittings.models import Sitting
from tests.factories import Factory
from tests.support.live_contract import assert_answer, assert_frame

Answer = dict[str, Any]


class Browser:
    """A browser with the room open."""

    def __init__(self, app: Flask, socketio: SocketIO, cookies: Any) -> None:
        self.wire = SocketIOTestClient(app, socketio, flask_test_client=cookies)

    def ask(self, message: str, *args: Any) -> Answer:
        """The server's answer to a message; both fit the contract."""
        answer: Answer = self.wire.emit(message, *args, callback=True)
        assert_answer(message, args, answer)
        return answer

    def frames(self) -> list[str]:
        """The names of the frames that have come since the last time."""
        return [frame["name"] for frame in self.wire.get_received()]


@pytest.fixture
def socketio(app: Flask) -> SocketIO:
    return create_socketio(app, queue=False)


@pytest.fixture
def browser(app: Flask, socketio: SocketIO, make: Factory) -> Callable[..., Browser]:
    """Opens a browser for somebody; without an actor it is a visitor's."""

    def open_browser(actor: Actor | None = None) -> Browser:
        cookies = app.test_client()
        if actor is not None:
            make.sign_in(cookies, actor)
        return Browser(app, socketio, cookies)

    return open_browser


@pytest.fixture
def sitting(make: Factory) -> Sitting:
    """A sitting that somebody has convened."""
    return make.sitting()


@pytest.fixture
def chair(make: Factory, sitting: Sitting) -> Actor:
    """Who has opened the sitting and presides."""
    return make.presided(sitting)


class Told:
    """What windows were told beyond the room: rooms with their frames."""

    def __init__(self) -> None:
        self.frames: list[tuple[str, str, Answer]] = []

    def publish(self, room: str, event: str, payload: Answer) -> None:
        assert_frame(event, payload)
        self.frames.append((room, event, payload))

    def end(self, room: str) -> None:
        raise AssertionError(room)


@pytest.fixture
def told(app: Flask, socketio: SocketIO) -> Told:
    """Hears what the web process tells a person's other windows."""
    app.extensions["fanout"] = Told()
    told: Told = app.extensions["fanout"]
    return told


@pytest.fixture
def redis(app: Flask) -> Redis:
    """The tests' Valkey, without what other tests left about who is here."""
    redis: Redis = app.extensions["redis"]
    for key in redis.scan_iter("here:*"):
        redis.delete(key)
    return redis
