"""Bytes that no browser of ours sends: the connection may end, the server goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_socketio import SocketIO
from websocket import WebSocket, WebSocketException, create_connection
from werkzeug.serving import make_server

from consultazione.sittings.models import Sitting
from tests.support.factories import Factory

HUGE = '420["poll.open",{"sitting":1,"question":"' + "x" * 200_000 + '"}]'


@pytest.fixture
def address(app: Flask, socketio: SocketIO) -> Iterator[str]:
    """A threaded server of the application, as browsers reach it."""
    assert socketio.server is not None
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def connect(address: str) -> WebSocket:
    url = f"ws://{address}/socket.io/?EIO=4&transport=websocket"
    socket = create_connection(url, timeout=5, suppress_origin=True)
    assert socket.recv().startswith("0")
    socket.send("40")
    assert socket.recv().startswith("40")
    return socket


@pytest.mark.parametrize(
    "frame",
    [
        HUGE,
        "42",
        "42[",
        "42[]",
        "42{}",
        "420[7]",
        "420[null,{}]",
        "49nonsense",
        '451-["enter",{"_placeholder":true,"num":0}]',
        '42/elsewhere,0["enter",{"sitting":1}]',
        "9",
        "",
    ],
)
def test_the_server_survives(address: str, make: Factory, frame: str) -> None:
    sitting: Sitting = make.sitting()
    hostile = connect(address)
    hostile.send(frame)
    try:
        hostile.settimeout(0.3)
        while hostile.recv():
            pass
    except (WebSocketException, OSError):
        pass
    hostile.shutdown()
    friendly = connect(address)
    friendly.send(f'420["enter",{{"sitting":{sitting.id}}}]')
    assert friendly.recv().startswith('430[{"ok":true')
    friendly.shutdown()
