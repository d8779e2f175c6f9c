"""Flask-SocketIO's Redis manager, made honest: it says when a message did not go out.

The library's own one logs a lost message and goes on; and after an outage it waits up
to a minute before it listens again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from redis.exceptions import RedisError
from socketio import RedisManager

CHANNEL = "consultazione"
_RETRY_SECONDS = 0.5


class NotPublished(ConnectionError):
    """Redis did not take a message; nothing was fanned out."""


class HonestManager(RedisManager):  # type: ignore[misc]
    """Publishes or raises NotPublished; listens again half a second after an outage."""

    def __init__(self, url: str, *, write_only: bool = False) -> None:
        super().__init__(url, channel=CHANNEL, write_only=write_only)

    def _publish(self, data: Any) -> Any:
        receivers = super()._publish(data)
        if receivers is None:
            raise NotPublished("Redis did not take the message")
        return receivers

    def _redis_listen_with_retries(self) -> Iterator[Any]:
        while True:
            try:
                self._redis_connect()
                self.pubsub.subscribe(self.channel)
                yield from self.pubsub.listen()
            except (RedisError, OSError):
                time.sleep(_RETRY_SECONDS)
