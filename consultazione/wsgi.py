"""What gunicorn serves: the application with its Socket.IO edge."""

from __future__ import annotations

import gc

import gevent

from consultazione.app import create_app
from consultazione.config import read_settings
from consultazione.keys.server_key import require_known_key
from consultazione.live.server import create_socketio

# Each connection has three greenlets and each message one, and none needs its parent.
gevent.config.track_greenlet_tree = False

settings = read_settings()
app = create_app(settings)
require_known_key(settings, app.extensions["database"])
socketio = create_socketio(app)

# Ten thousand connections are about a million objects that live for hours. With Python's
# default thresholds, the collector would traverse them all often, and pause the room.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 5, 400)
