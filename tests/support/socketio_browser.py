"""A browser with the room open, inside the test's process, and what other windows are told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Flask
from flask_socketio import SocketIO, SocketIOTestClient

from tests.support.live_contract import assert_answer, assert_frame

Answer = dict[str, Any]


class Browser:
    """A browser with the room open."""

    def __init__(self, app: Flask, socketio: SocketIO, cookies: Any) -> None:
        self.wire = SocketIOTestClient(app, socketio, flask_test_client=cookies)

    def ask(self, message: str, *args: Any) -> Answer:
        """The server's answer to a message; both fit the contract."""
        answer: Answer = self.wire.emit(message, *args, callback=True)
        assert_answer(message, args, answer)
        return answer

    def frames(self) -> list[str]:
        """The names of the frames that have come since the last time."""
        return [frame["name"] for frame in self.wire.get_received()]


class Told:
    """What windows were told beyond the room: rooms with their frames, and who left which."""

    def __init__(self) -> None:
        self.frames: list[tuple[str, str, Answer]] = []
        self.parted: list[tuple[list[str], str]] = []

    def publish(self, room: str, event: str, payload: Answer) -> None:
        assert_frame(event, payload)
        self.frames.append((room, event, payload))

    def part(self, members: Collection[str], room: str) -> None:
        self.parted.append(([*members], room))

    def end(self, room: str) -> None:
        raise AssertionError(room)
