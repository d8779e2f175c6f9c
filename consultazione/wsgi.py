"""What gunicorn serves: the application with its Socket.IO edge."""

from __future__ import annotations

import gc

import gevent
from flask import Flask
from flask_socketio import SocketIO

from consultazione.config import read_settings
from consultazione.embedded.loading import no_collecting
from consultazione.keys.server_key import require_known_key

# Each connection has three greenlets and each message one, and none needs its parent.
gevent.config.track_greenlet_tree = False

# Ten thousand connections are about a million objects that live for hours. With Python's
# default thresholds, the collector would traverse them all often, and pause the room.
_THRESHOLDS = (50_000, 5, 400)


def _made() -> tuple[Flask, SocketIO]:
    from consultazione.app import create_app
    from consultazione.live.server import create_socketio

    app = create_app(settings)
    require_known_key(settings, app.extensions["database"])
    return app, create_socketio(app)


settings = read_settings()
with no_collecting():
    app, socketio = _made()
gc.set_threshold(*_THRESHOLDS)
