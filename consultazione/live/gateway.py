"""What a browser may say over Socket.IO: each message one command, each with an answer."""

from __future__ import annotations

from flask_socketio import SocketIO


def connect(socketio: SocketIO) -> None:
    """Register the gateway's messages."""
