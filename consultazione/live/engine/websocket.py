"""The WebSocket of one browser, to which a frame that was built once is written as it is.

The library puts a message for a room into every browser's queue, which wakes that browser's
writer, which builds the frame anew: two switches and a copy for each browser. A server's frame
is the same for all, so the fan-out builds it once and writes it to each socket itself.

Order is kept: while something waits in a browser's queue, or a socket does not take a whole
frame, the frame or its rest goes to the end of that queue. A browser that reads nothing for
long is disconnected; when it returns it asks for what it missed, by number.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from engineio.async_drivers.gevent import WebSocketWSGI

# Packets that may wait for one browser; with more it is disconnected.
MOST_WAITING = 256
# A browser that goes on sending while more than this waits for it is disconnected: each answer
# may be a whole room.
MOST_UNTAKEN = 64
_TEXT_FRAME = 0x81
_SHORT, _MEDIUM = 125, 0xFFFF


class BuiltFrame(bytes):
    """The bytes of a frame, or the rest of them, as a packet in a browser's queue."""

    def encode(self) -> BuiltFrame:
        """What the library's writer asks of a packet."""
        return self


def build_frame(text: str) -> BuiltFrame:
    """The WebSocket frame of a text from a server (RFC 6455, 5.2): unmasked, in one piece."""
    payload = text.encode()
    size = len(payload)
    if size <= _SHORT:
        head = struct.pack("!BB", _TEXT_FRAME, size)
    elif size <= _MEDIUM:
        head = struct.pack("!BBH", _TEXT_FRAME, 126, size)
    else:
        head = struct.pack("!BBQ", _TEXT_FRAME, 127, size)
    return BuiltFrame(head + payload)


class _WrittenOnce:
    """A packet that forgets its content once it is written.

    The library's writer keeps the last packet of a silent browser, which is mostly a whole
    room, and in two copies.
    """

    __slots__ = ("_packet",)

    def __init__(self, packet: Any) -> None:
        self._packet = packet

    def encode(self) -> str | BuiltFrame:
        """The text of the packet, or its built frame."""
        packet, self._packet = self._packet, None
        encoded: str | BuiltFrame = packet.encode()
        return encoded


class DirectWebSocket(WebSocketWSGI):  # type: ignore[misc]
    """The library's WebSocket under gevent, which also takes built frames.

    It writes all of a message: the library's own sends once, and loses the rest if a slow
    browser did not take all of it.
    """

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server)
        self._browser = handler.__self__  # type: ignore[attr-defined]
        self._is_sending = False
        take = self._browser.poll
        self._browser.poll = lambda: [_WrittenOnce(packet) for packet in take()]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Shake hands without compression, which would need a copy for each browser."""
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        self._browser.direct = self
        return super().__call__(environ, start_response)

    def send(self, message: str | BuiltFrame) -> None:
        """Write all of a message; called by the browser's writer alone."""
        self._is_sending = True
        try:
            self.ws.sock.sendall(
                message if isinstance(message, BuiltFrame) else build_frame(message)
            )
        finally:
            self._is_sending = False

    def wait(self) -> str | bytes | None:
        """The next message of the browser; None once it is gone or was disconnected."""
        message: str | bytes | None = super().wait()
        if self._browser.queue.qsize() > MOST_UNTAKEN:
            self._disconnect()
            return None
        return message

    def write(self, frame: BuiltFrame) -> None:
        """Write a frame now, or as soon as the browser has taken what it was sent before."""
        queue = self._browser.queue
        if queue.unfinished_tasks or self._is_sending:
            self._queue(frame)
            return
        try:
            taken = self.ws.sock._sock.send(frame)
        except BlockingIOError:
            taken = 0
        except OSError:
            return  # it is gone, as its reader is about to see
        if taken < len(frame):
            queue.put(BuiltFrame(frame[taken:]))

    def _queue(self, frame: BuiltFrame) -> None:
        if self._browser.queue.qsize() < MOST_WAITING:
            self._browser.queue.put(frame)
        else:
            self._disconnect()

    def _disconnect(self) -> None:
        with suppress(OSError):
            self.ws.sock.shutdown(SHUT_RDWR)


def websocket_of(browser: Any) -> DirectWebSocket | None:
    """The WebSocket on which a browser listens; None while it is polling."""
    if not browser.upgraded or browser.upgrading or browser.closed:
        return None
    websocket: DirectWebSocket | None = getattr(browser, "direct", None)
    return websocket
