"""What gunicorn serves: the application with its Socket.IO edge."""

from __future__ import annotations

from consultazione.app import create_app
from consultazione.config import read_settings
from consultazione.live.server import create_socketio

app = create_app(read_settings())
socketio = create_socketio(app)
