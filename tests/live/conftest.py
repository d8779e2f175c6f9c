"""A web process's Socket.IO edge without its queue, and browsers that talk to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_socketio import SocketIO
from redis import Redis
from sqlalchemy import Engine

from consultazione.core.actor import Actor, Role
from consultazione.core.db import Database
from consultazione.live.server import create_socketio
from consultazione.sittings.models import Sitting
from tests.support.factories import Factory
from tests.support.meeting import Meeting, final_meeting
from tests.support.room_play import Play
from tests.support.socketio_browser import Browser, Told


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


@pytest.fixture
def told(app: Flask, socketio: SocketIO) -> Told:
    """Hears what the web process tells a person's other windows."""
    app.extensions["fanout"] = Told()
    told: Told = app.extensions["fanout"]
    return told


@pytest.fixture
def redis(valkey_url: str) -> Redis:
    """The tests' Valkey, without what other tests left about who is here."""
    redis = Redis.from_url(valkey_url)
    for key in redis.scan_iter("here:*"):
        redis.delete(key)
    return redis


@pytest.fixture
def real(engine: Engine) -> Iterator[Meeting]:
    """A meeting in a database whose commits are final."""
    with final_meeting(engine) as meeting:
        yield meeting


@pytest.fixture
def play(make: Factory, database: Database, tmp_path: Path) -> Callable[[], Play]:
    """Begins a new play with the same persons."""
    table = make.table()
    make.material(table, tmp_path)
    crowd = [make.holder(Role.FACILITATOR, table.id), *(make.citizen() for _ in range(3))]
    return lambda: Play(database, make.sitting(table), crowd)
