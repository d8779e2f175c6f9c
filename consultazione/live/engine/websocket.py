"""The WebSocket of one browser, to which a frame that was built once is written as it is.

In the library a message of the room is put into every browser's queue, which wakes that
browser's writer, which builds the frame anew: two switches and a copy for each. A frame
from a server is the same for all, so the one who fans out writes it to each socket itself.
Order is kept: who has something in the queue gets the frame at its end, and so does who
cannot take all of it at once. Who takes nothing for long is let go: on its return it asks
for what it missed.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from engineio.async_drivers.gevent import WebSocketWSGI

# What may wait for one browser; more, and it is let go.
MOST_WAITING = 256
# Who sends on while more than this waits does not wait for answers: each may be a whole room.
MOST_UNTAKEN = 64
_TEXT_FRAME = 0x81
_SHORT, _MEDIUM = 125, 0xFFFF


class Built(bytes):
    """The bytes of a frame, or the rest of them, as a packet in a browser's queue."""

    def encode(self) -> Built:
        """What the library's writer asks of a packet."""
        return self


def build(text: str) -> Built:
    """The WebSocket frame of a text from a server (RFC 6455, 5.2): unmasked, in one piece."""
    payload = text.encode()
    size = len(payload)
    if size <= _SHORT:
        head = struct.pack("!BB", _TEXT_FRAME, size)
    elif size <= _MEDIUM:
        head = struct.pack("!BBH", _TEXT_FRAME, 126, size)
    else:
        head = struct.pack("!BBQ", _TEXT_FRAME, 127, size)
    return Built(head + payload)


class _Once:
    """A packet that can be written once. The writer of a silent browser keeps the last one that
    it wrote, which is mostly a whole room, and in two copies.
    """

    __slots__ = ("_packet",)

    def __init__(self, packet: Any) -> None:
        self._packet = packet

    def encode(self) -> str | Built:
        """The text of the packet, or its built frame."""
        packet, self._packet = self._packet, None
        encoded: str | Built = packet.encode()
        return encoded


class Wire(WebSocketWSGI):  # type: ignore[misc]
    """The library's WebSocket under gevent, which also takes built frames.

    It writes all of a message: the library's own writes once, and loses the rest of what a
    slow browser did not take.
    """

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server)
        self._browser = handler.__self__  # type: ignore[attr-defined]
        self._is_sending = False
        take = self._browser.poll
        self._browser.poll = lambda: [_Once(packet) for packet in take()]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Shake hands, without compression: it would cost each browser a copy of its own."""
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        self._browser.wire = self
        return super().__call__(environ, start_response)

    def send(self, message: str | Built) -> None:
        """Write all of a message; called by the browser's writer alone."""
        self._is_sending = True
        try:
            self.ws.sock.sendall(message if isinstance(message, Built) else build(message))
        finally:
            self._is_sending = False

    def wait(self) -> str | bytes | None:
        """The next message of the browser; None once it is gone, or is let go."""
        message: str | bytes | None = super().wait()
        if self._browser.queue.qsize() > MOST_UNTAKEN:
            self._let_go()
            return None
        return message

    def write(self, frame: Built) -> None:
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
            queue.put(Built(frame[taken:]))

    def _queue(self, frame: Built) -> None:
        if self._browser.queue.qsize() < MOST_WAITING:
            self._browser.queue.put(frame)
        else:
            self._let_go()

    def _let_go(self) -> None:
        with suppress(OSError):
            self.ws.sock.shutdown(SHUT_RDWR)


def wire_of(browser: Any) -> Wire | None:
    """The WebSocket that a browser listens to; None while it does so by polling."""
    if not browser.upgraded or browser.upgrading or browser.closed:
        return None
    found: Wire | None = getattr(browser, "wire", None)
    return found
