"""A Socket.IO client of few lines over one WebSocket, whose frames stay in order.

The library's own client runs every frame in a thread of its own, so that two of them may
overtake each other; who measures or compares what arrives cannot use that. Only what the
room needs is here: JSON events with acknowledgements in the default namespace, and pings.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from itertools import count
from socket import SHUT_RDWR
from typing import Any

from websocket import WebSocket, WebSocketException, WebSocketTimeoutException, create_connection

# (event, payload, moment of arrival by time.perf_counter)
Listener = Callable[[str, Any, float], None]
_EVENT, _ACK, _CONNECTED, _PING, _PONG = "42", "43", "40", "2", "3"
_CONNECT_SECONDS = 10.0


class NoAnswer(ConnectionError):
    """The connection ended, or took too long, before a message was acknowledged."""


class Wire:
    """One connection. `on_event` runs in the thread that reads, which is a background one."""

    def __init__(self, url: str, *, cookie: str = "", on_event: Listener) -> None:
        self._on_event = on_event
        self._numbers = count()
        self._asked: dict[int, Future[Any]] = {}
        self._writing = threading.Lock()
        self._socket = open_socket(url, cookie=cookie)
        self._socket.settimeout(None)  # the thread that reads waits as long as it lasts
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, message: str, data: dict[str, Any]) -> Future[Any]:
        """Send a message; the answer comes later, and never (NoAnswer) if the wire breaks."""
        number = next(self._numbers)
        answer: Future[Any] = Future()
        self._asked[number] = answer
        try:
            self._send(f"{_EVENT}{number}{json.dumps([message, data])}")
        except (OSError, WebSocketException):
            self._break()
        return answer

    def call(self, message: str, data: dict[str, Any], *, seconds: float = 5.0) -> Any:
        """Send a message and wait for its answer; NoAnswer if none comes."""
        try:
            return self.ask(message, data).result(seconds)
        except (TimeoutError, CancelledError) as error:
            raise NoAnswer(message) from error

    def wait_broken(self, seconds: float) -> bool:
        """Wait for the end of the connection; True if it has ended."""
        self._reader.join(seconds)
        return not self._reader.is_alive()

    def close(self) -> None:
        """End the connection and its thread."""
        with suppress(OSError, AttributeError):  # it may have ended by itself
            self._socket.sock.shutdown(SHUT_RDWR)
        self._reader.join()

    def _read(self) -> None:
        try:
            while text := self._socket.recv():
                self._take(str(text), time.perf_counter())
        except (OSError, WebSocketException):
            pass
        finally:
            self._socket.shutdown()
            self._break()

    def _take(self, text: str, at: float) -> None:
        if text == _PING:
            self._send(_PONG)
        elif text.startswith(_EVENT):
            event, *payload = json.loads(text[len(_EVENT) :])
            self._on_event(event, *payload, at)
        elif text.startswith(_ACK):
            number, bracket, answer = text[len(_ACK) :].partition("[")
            self._asked.pop(int(number)).set_result(json.loads(bracket + answer)[0])

    def _send(self, text: str) -> None:
        with self._writing:
            self._socket.send(text)

    def _break(self) -> None:
        while self._asked:
            self._asked.popitem()[1].cancel()


def open_socket(url: str, *, cookie: str = "") -> WebSocket:
    """A WebSocket that has been let into the default namespace; NoAnswer if it is refused.

    Reading from it raises after ten seconds of silence.
    """
    address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    socket = create_connection(address, timeout=_CONNECT_SECONDS, cookie=cookie or None)
    try:
        socket.recv()
        socket.send(_CONNECTED)
        # What is told to all may come first: browsers keep it until they have been let in.
        while (answer := str(socket.recv())).startswith(_EVENT):
            continue
        if not answer.startswith(_CONNECTED):
            raise NoAnswer("the namespace was refused")
    except BaseException:
        socket.shutdown()
        raise
    return socket


def has_ended(socket: WebSocket) -> bool:
    """True once the server has ended a connection; False if it goes on."""
    try:
        while socket.recv():
            pass
    except WebSocketTimeoutException:
        return False
    except (WebSocketException, OSError):
        pass
    socket.shutdown()
    return True
