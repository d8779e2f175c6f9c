"""The fast engine's manager: builds a message's frame once and writes it to every browser.

Messages that arrive while browsers are being written to are joined and written to each in
one piece after that: the busier a room, the fewer system calls for each frame.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import structlog
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from flask_socketio import SocketIO
from socketio.packet import EVENT

from consultazione.live.engine.manager import StrictRedisManager
from consultazione.live.engine.websocket import (
    BuiltFrame,
    DirectWebSocket,
    build_frame,
    websocket_of,
)

# Browsers that are written to before other greenlets of the process have their turn.
_AT_A_TIME = 500
# No more bytes than this are joined: they may have to wait in a slow browser's queue.
_MOST_JOINED = 32 * 1024
_log = structlog.get_logger()


class FastManager(StrictRedisManager):
    """Writes messages itself; what is not plain JSON for all of a room is left to the library."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._messages: deque[dict[str, Any]] = deque()
        self._is_writing = False

    def _deliver(self, message: dict[str, Any]) -> None:
        if message.get("callback") or message.get("binary") or message.get("skip_sid"):
            super()._deliver(message)
            return
        self._messages.append(message)
        if not self._is_writing:
            self._is_writing = True
            self.server.start_background_task(self._write_all)

    def _write_all(self) -> None:
        """Write the waiting messages in order until none is left.

        A fault costs one message: browsers notice the gap and ask for its number.
        """
        try:
            while self._messages:
                try:
                    self._write(*self._next())
                except Exception as error:
                    _log.error("frame not written", exc_info=error)
        finally:
            self._is_writing = False

    def _next(self) -> tuple[dict[str, Any], list[EnginePacket], BuiltFrame]:
        """The next message and those to the same room that follow it, as one piece to write."""
        first = self._messages[0]
        packets, frames, size = [], [], 0
        while self._messages and size < _MOST_JOINED and _goes_along(self._messages[0], first):
            packets.append(self._packet(self._messages.popleft()))
            frames.append(build_frame(packets[-1].encode()))
            size += len(frames[-1])
        return first, packets, BuiltFrame(b"".join(frames))

    def _write(
        self, first: dict[str, Any], packets: list[EnginePacket], frames: BuiltFrame
    ) -> None:
        browsers = self.server.eio.sockets
        room = self.get_participants(first["namespace"], first.get("room"))
        for count, (_, browser_id) in enumerate(room, start=1):
            browser = browsers.get(browser_id)
            websocket = websocket_of(browser) if browser is not None else None
            if websocket is not None:
                websocket.write(frames)
            elif browser is not None:
                for packet in packets:
                    self.server._send_eio_packet(browser_id, packet)
            if count % _AT_A_TIME == 0:
                self.server.sleep(0)

    def _packet(self, message: dict[str, Any]) -> EnginePacket:
        """The Engine.IO packet of a message."""
        data = message["data"]
        given = data if isinstance(data, list) else [data]
        event = self.server.packet_class(
            EVENT, namespace=message["namespace"], data=[message["event"], *given]
        )
        return EnginePacket(MESSAGE, event.encode())


def _goes_along(message: dict[str, Any], first: dict[str, Any]) -> bool:
    return all(message.get(where) == first.get(where) for where in ("namespace", "room"))


def install(socketio: SocketIO) -> None:
    """Have a server under gevent accept WebSockets that take built frames.

    Before the guard's `install`, which wraps whatever WebSocket it finds.
    """
    engine = socketio.server.eio
    engine._async = {**engine._async, "websocket": DirectWebSocket}
