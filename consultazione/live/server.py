"""The Socket.IO server of a web process, fed by the dispatcher through Redis."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from consultazione.config import Settings
from consultazione.live import batched_commands, gateway, preencoded_json, snapshots
from consultazione.live.engine import fast_manager, packet_guard
from consultazione.live.engine.fast_manager import FastManager
from consultazione.live.engine.manager import StrictRedisManager
from consultazione.live.fanout import RedisFanout
from consultazione.live.sse import SentenceStreams

# A message from a browser is a few fields and at most one question; more ends the connection.
_LARGEST_MESSAGE = 64 * 1024


def create_socketio(app: Flask, *, queue: bool = True) -> SocketIO:
    """The Socket.IO edge of an application; WebSocket first, long-polling as fallback.

    queue: listen to the dispatcher through Redis; tests of the messages alone do without.
    """
    settings: Settings = app.extensions["settings"]
    options: dict[str, Any] = {}
    is_fast = settings.live_fanout == "fast" and not settings.testing
    if queue:
        manager = FastManager if is_fast else StrictRedisManager
        options["client_manager"] = manager(settings.require_redis_url())
    socketio = SocketIO(
        app,
        async_mode="threading" if settings.testing else "gevent",
        cors_allowed_origins=[settings.public_url],
        max_http_buffer_size=_LARGEST_MESSAGE,
        ping_interval=20,
        ping_timeout=20,
        manage_session=False,
        json=preencoded_json,
        serializer=packet_guard.Packet,
        **options,
    )
    if is_fast:
        fast_manager.install(socketio)
    packet_guard.install(socketio)
    app.extensions["fanout"] = RedisFanout(settings.require_redis_url())
    app.extensions["streams"] = streams = SentenceStreams(app)
    if queue:
        options["client_manager"].heard = streams.wake
    batched_commands.init(app)
    snapshots.init(app)
    gateway.connect(app, socketio)
    return socketio
