"""The Socket.IO server of a web process, fed by the dispatcher through Redis."""

from __future__ import annotations

from flask import Flask
from flask_socketio import SocketIO
from socketio import RedisManager

from consultazione.config import Settings

CHANNEL = "consultazione"


def create_socketio(app: Flask) -> SocketIO:
    """The Socket.IO edge of an application; WebSocket first, long-polling as fallback."""
    from consultazione.live import gateway

    settings: Settings = app.extensions["settings"]
    socketio = SocketIO(
        app,
        async_mode="gevent" if not settings.testing else "threading",
        client_manager=RedisManager(settings.require_redis_url(), channel=CHANNEL),
        cors_allowed_origins=[settings.public_url],
        max_http_buffer_size=64 * 1024,
        ping_interval=20,
        ping_timeout=20,
        manage_session=False,
    )
    gateway.connect(socketio)
    return socketio
