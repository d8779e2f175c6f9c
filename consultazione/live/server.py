"""The Socket.IO server of a web process, fed by the dispatcher through Redis."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from consultazione.config import Settings
from consultazione.live import batched_commands, gateway, preencoded_json, snapshots
from consultazione.live.beside import applause
from consultazione.live.engine.engines import engine_named
from consultazione.live.fanout import RedisFanout
from consultazione.live.sse import SentenceStreams
from consultazione.web import security

# A message from a browser is a few fields and at most one question; more ends the connection.
_LARGEST_MESSAGE = 64 * 1024


def create_socketio(app: Flask, *, queue: bool = True) -> SocketIO:
    """The Socket.IO edge of an application; WebSocket first, long-polling as fallback.

    queue: listen to the dispatcher through Redis; tests of the messages alone do without.
    """
    settings: Settings = app.extensions["settings"]
    # the fast engine needs gevent, which tests inside one process do without
    engine = engine_named("plain" if settings.testing else settings.live_fanout)
    redis_url = settings.require_redis_url()
    app.extensions["fanout"] = RedisFanout(redis_url)
    app.extensions["streams"] = streams = SentenceStreams(app)
    options: dict[str, Any] = engine.options()
    if queue:
        options["client_manager"] = manager = engine.manager(redis_url)
        manager.heard = streams.wake
    socketio = SocketIO(
        app,
        async_mode="threading" if settings.testing else "gevent",
        cors_allowed_origins=settings.origins,
        max_http_buffer_size=_LARGEST_MESSAGE,
        ping_interval=20,
        ping_timeout=20,
        manage_session=False,
        json=preencoded_json,
        **options,
    )
    security.protect_below(app, settings, "/socket.io/")
    engine.install(socketio)
    batched_commands.init(app)
    snapshots.init(app)
    applause.init(app)
    gateway.connect(app, socketio)
    return socketio
