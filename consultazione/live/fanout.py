"""The one place that emits: how the dispatcher and the workers reach browsers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from consultazione.live.engine.manager import StrictRedisManager


@dataclass(frozen=True)
class Frame:
    """One message to one room."""

    room: str
    event: str
    payload: Mapping[str, object]


class Fanout(Protocol):
    """Whatever can send a room something."""

    def publish(self, room: str, event: str, payload: Mapping[str, object]) -> None:
        """Send one frame to all connections in a room; raises if it did not go out."""

    def part(self, members: Collection[str], room: str) -> None:
        """Take all connections in some rooms out of another; raises if that did not go out."""

    def end(self, room: str) -> None:
        """Close all connections in a room; raises if the request did not go out."""


class RedisFanout:
    """Tells rooms through Redis, which reaches every web process."""

    def __init__(self, redis_url: str) -> None:
        self._manager = StrictRedisManager(redis_url, write_only=True)

    def publish(self, room: str, event: str, payload: Mapping[str, object]) -> None:
        """Send one frame to all connections in a room; NotPublished if Redis is away."""
        self._manager.emit(event, payload, room=room)

    def part(self, members: Collection[str], room: str) -> None:
        """Take all connections in some rooms out of another; NotPublished if Redis is away."""
        self._manager.part(members, room)

    def end(self, room: str) -> None:
        """Close all connections in a room; NotPublished if Redis is away."""
        self._manager.end_room(room)


def publish_all(fanout: Fanout, frames: Iterable[Frame]) -> None:
    """Send frames in order; NotPublished at the first that did not go out."""
    for frame in frames:
        fanout.publish(frame.room, frame.event, frame.payload)
