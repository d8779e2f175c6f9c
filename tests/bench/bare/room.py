"""A bare Flask-SocketIO application: a room, and messages that are passed on to it.

REDIS names the server through which they travel, as in the product.
"""

from __future__ import annotations

import os
from typing import Any

import socketio
from flask import Flask
from flask_socketio import SocketIO, join_room

app = Flask(__name__)
edge = SocketIO(
    app,
    async_mode="gevent",
    client_manager=socketio.RedisManager(os.environ["REDIS"], channel="bare"),
)


@app.get("/")
def ready() -> str:
    """Whether it is there."""
    return "ready"


@edge.on("enter")
def enter(_data: dict[str, Any]) -> dict[str, Any]:
    """Come into the room."""
    join_room("room")
    return {"ok": True}


@edge.on("say")
def say(data: dict[str, Any]) -> dict[str, Any]:
    """Pass a message on to the room."""
    edge.emit("entries", data, to="room")
    return {"ok": True}
