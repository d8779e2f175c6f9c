"""The library's Redis manager made strict: it raises when a message was not published.

The library's own logs a lost message and goes on, and after an outage it waits up to a minute
before it listens again. What was sent while nobody listened is gone; so whenever this one
begins to listen, it has its browsers ask for what they missed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypedDict

from redis.exceptions import RedisError
from socketio import RedisManager

CHANNEL = "consultazione"
_RETRY_SECONDS = 0.5
# A message to every browser of this process, as if it had come from Redis.
_RESUME = {"method": "emit", "event": "resume", "data": {}, "namespace": "/"}


class Published(TypedDict, total=False):
    """What the library publishes through Redis, as far as it is read here.

    room: None is every room. members: the rooms whose connections leave another. `data` is a list
    where a frame has several arguments.
    """

    method: str
    namespace: str
    room: str | None
    members: list[str]
    event: str
    data: object
    callback: object
    binary: bool
    skip_sid: object


class NotPublished(ConnectionError):
    """Redis did not take a message; nothing was fanned out."""


class StrictRedisManager(RedisManager):  # type: ignore[misc]
    """Publishes or raises NotPublished; listens again half a second after an outage."""

    def __init__(self, url: str, *, write_only: bool = False) -> None:
        super().__init__(url, channel=CHANNEL, write_only=write_only)
        # Called with the room of every message that came; with None if it was for all.
        self.heard: Callable[[str | None], None] = lambda _room: None
        # The rooms of each connection: the library searches all rooms for a connection that
        # ends, which takes half a minute when thousands are cut off at once.
        self._rooms_of: dict[tuple[str, str], set[str | None]] = {}

    def _publish(self, data: Any) -> Any:
        receivers = super()._publish(data)
        if receivers is None:
            raise NotPublished("Redis did not take the message")
        return receivers

    def _listen(self) -> Iterator[Any]:
        while True:
            try:
                self._redis_connect()
                self.pubsub.ignore_subscribe_messages = False
                self.pubsub.subscribe(self.channel)
                yield from filter(None, map(_received, self.pubsub.listen()))
            except (RedisError, OSError):
                time.sleep(_RETRY_SECONDS)

    def _handle_emit(self, message: Published) -> None:
        self._deliver(message)
        self.heard(message.get("room"))

    def _deliver(self, message: Published) -> None:
        """Hand a message to the browsers of this process that are in its room."""
        super()._handle_emit(message)

    def basic_enter_room(
        self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None
    ) -> None:
        """Put a connection into a room."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Take a connection out of a room."""
        super().basic_leave_room(sid, namespace, room)
        self._rooms_of.get((namespace, sid), set()).discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **_options: Any) -> None:
        """Forget a connection."""
        for room in self._rooms_of.pop((namespace, sid), set()):
            super().basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]

    def end_room(self, room: str) -> None:
        """Have every process close the connections that are in a room."""
        self._publish({"method": "close_room", "room": room, "namespace": "/", "host_id": None})

    def part(self, members: Collection[str], room: str) -> None:
        """Have every process take the connections that are in some rooms out of another one."""
        parting = {"method": "leave_room", "members": [*members], "room": room}
        self._publish({**parting, "namespace": "/", "host_id": None})

    def _handle_leave_room(self, message: Published) -> None:
        """Take one connection out of a room, or those that are in other rooms (`part`)."""
        if "members" not in message:
            super()._handle_leave_room(message)
            return
        room, namespace = message["room"], message["namespace"]
        for members in message["members"]:
            for sid, _ in list(self.get_participants(namespace, members)):
                self.basic_leave_room(sid, namespace, room)

    def _handle_close_room(self, message: Published) -> None:
        """Close a room with its connections, which is what `end_room` means by it."""
        room, namespace = message["room"], message["namespace"]
        for sid, _ in list(self.get_participants(namespace, room)):
            self.server.disconnect(sid, namespace=namespace, ignore_queue=True)
        super()._handle_close_room(message)


def _received(message: dict[str, Any]) -> Any:
    """What a message of Redis means to this process; None if nothing."""
    if message["type"] == "subscribe":
        return _RESUME
    return message["data"] if message["type"] == "message" else None
