"""What the server asks of an engine, and the two that there are; LIVE_FANOUT names one.

An engine carries messages from Redis to the browsers of one process, and their packets to the
one handler. What both promise is `tests/live/test_engine_contract.py`; what only the fast one
does is `tests/live/test_fanout.py`.
"""

from __future__ import annotations

from typing import Any, Protocol

from flask_socketio import SocketIO

from consultazione.live.engine import fast_manager, packet_guard
from consultazione.live.engine.fast_manager import FastManager
from consultazione.live.engine.manager import StrictRedisManager


class Engine(Protocol):
    """How a process is connected to Redis on one side and to its browsers on the other."""

    name: str

    def manager(self, url: str) -> StrictRedisManager:
        """What listens to Redis at `url` and hands messages to the browsers in their rooms."""

    def options(self) -> dict[str, Any]:
        """What SocketIO has to be created with."""

    def install(self, socketio: SocketIO) -> None:
        """Change what has to be changed in a server that was just created."""


class PlainEngine:
    """The library's own way: each browser has a queue and a writer, which builds every frame.

    Runs under gevent and under threads. Its manager is strict about what was not sent, and
    its packets are guarded, as in every engine.
    """

    name = "plain"

    def manager(self, url: str) -> StrictRedisManager:
        """A manager that says when Redis did not take a message."""
        return StrictRedisManager(url)

    def options(self) -> dict[str, Any]:
        """Packets are read by the guard."""
        return {"serializer": packet_guard.Packet}

    def install(self, socketio: SocketIO) -> None:
        """Guard what arrives."""
        packet_guard.install(socketio)


class FastEngine(PlainEngine):
    """Ours, under gevent alone: a frame is built once and written to each socket at once."""

    name = "fast"

    def manager(self, url: str) -> StrictRedisManager:
        """A strict manager that writes to the sockets itself."""
        return FastManager(url)

    def install(self, socketio: SocketIO) -> None:
        """Accept WebSockets that take built frames, and guard what arrives."""
        fast_manager.install(socketio)
        super().install(socketio)


_ENGINES: dict[str, type[Engine]] = {engine.name: engine for engine in (PlainEngine, FastEngine)}


def engine_named(name: str) -> Engine:
    """The engine of that name: `fast` or `plain`, as the settings have checked."""
    return _ENGINES[name]()
