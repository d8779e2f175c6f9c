"""What gunicorn serves: the application with its Socket.IO edge."""

from __future__ import annotations

import gc

import gevent

from consultazione.app import create_app
from consultazione.config import read_settings
from consultazione.live.server import create_socketio

# Each connection has three greenlets and each message one: none has to know who began it.
gevent.config.track_greenlet_tree = False

app = create_app(read_settings())
socketio = create_socketio(app)

# Ten thousand connections are some million objects that live for hours; Python's usual
# rhythm looks through all of them again and again, and the room stands still meanwhile.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 5, 400)
