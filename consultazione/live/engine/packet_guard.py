"""Refuses packets that no browser of ours sends, without a stack trace and within bounds.

The libraries treat a packet that they cannot read as a fault: they log a stack trace, leave
connections half open, and collect the parts of a binary message for as long as more come.
Here an unreadable packet that asks for an answer gets one, as an unknown message does; any
other ends its connection. Both are counted in `/metrics`.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import structlog
from flask_socketio import SocketIO
from socketio import packet

from consultazione.web.oversight.metrics import REFUSED

# The name given to a message that could not be read; no real one has it.
UNREADABLE = ""
_MESSAGES = frozenset({packet.EVENT, packet.BINARY_EVENT})
_READ = frozenset({packet.CONNECT, packet.DISCONNECT, packet.EVENT, packet.ACK})
# The names of events of a connection, and of the handler of all messages.
_RESERVED = frozenset({"connect", "disconnect", "*"})
# Engine.IO: a message begins with the type of its Socket.IO packet; all else is short.
_SENT = re.compile(r"4[0-6]|[1235](probe)?\Z")
_log = structlog.get_logger()


class Unreadable(ValueError):
    """A packet that no browser of ours sends."""


class Packet(packet.Packet):  # type: ignore[misc]
    """A Socket.IO packet; a message that cannot be read is called UNREADABLE.

    No packet is binary: no message of ours has parts that would have to be waited for.
    """

    packet_type: int

    def decode(self, encoded_packet: Any) -> int:
        """Read a packet; Unreadable if it cannot be read and asks for no answer.

        Returns how many binary parts follow: always 0.
        """
        try:
            super().decode(encoded_packet)
        except (ValueError, RecursionError):
            self._give_up()
        if self.packet_type in _MESSAGES and not _is_message(self):
            self._give_up()
        if self.packet_type not in _READ or self._is_elsewhere():
            raise Unreadable
        return 0

    def _is_elsewhere(self) -> bool:
        return self.packet_type != packet.CONNECT and self.namespace not in (None, "/")

    def _give_up(self) -> None:
        if self.packet_type not in _MESSAGES or self.id is None:
            raise Unreadable
        self.packet_type, self.data = packet.EVENT, [UNREADABLE]


def install(socketio: SocketIO) -> None:
    """Guard the packets and WebSockets of a server, whose serializer has to be `Packet`."""
    engine = socketio.server.eio
    take = engine.handlers["message"]

    def read(browser_id: str, data: Any) -> None:
        try:
            if not data or not isinstance(data, str):
                raise Unreadable
            take(browser_id, data)
        except Exception as error:
            _refuse(error)
            engine.disconnect(browser_id)

    engine.on("message", read)
    engine._async = {**engine._async, "websocket": _strict(engine._async["websocket"])}
    logging.getLogger("engineio.server").addFilter(_without_trace)


def _is_message(sent: Packet) -> bool:
    """True for a list of a name and its data."""
    if sent.packet_type != packet.EVENT or not isinstance(sent.data, list) or not sent.data:
        return False
    name = sent.data[0]
    return isinstance(name, str) and name not in _RESERVED


def _refuse(error: BaseException) -> None:
    """Count a packet that ends its connection; log what the library alone objected to."""
    REFUSED.labels("", "unreadable").inc()
    if not isinstance(error, Unreadable):
        _log.warning("packet refused", reason=type(error).__name__)


def _strict(websocket: type[Any]) -> type[Any]:
    """A WebSocket class that ends where Engine.IO would fail."""

    class Strict(websocket):  # type: ignore[misc]
        def __init__(self, handler: Any, server: Any) -> None:
            super().__init__(handler, server)
            self._most = server.max_http_buffer_size
            # else a message is kept whole before it is found to be too large
            self.server_args["max_message_size"] = self._most

        def wait(self) -> str | None:
            """The next message; None at the end of the connection and for no valid message."""
            message: str | bytes | None = super().wait()
            while isinstance(message, bytes):  # the parts of a message that was refused
                _refuse(Unreadable())
                message = super().wait()
            if message is not None and _SENT.match(message):
                return message
            if message is not None or self.ws.incoming_message_len > self._most:
                _refuse(Unreadable())
            return None

    return Strict


def _without_trace(record: logging.LogRecord) -> bool:
    """Log a packet that came by polling and could not be read in one line."""
    if record.exc_info and record.exc_info[1] is not None:
        _refuse(record.exc_info[1])
        record.msg = f"{record.msg}: {type(record.exc_info[1]).__name__}"
        record.exc_info = None
    return True
