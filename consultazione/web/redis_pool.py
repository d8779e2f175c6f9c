"""Connections to Redis of a web process: so many, and who finds none free waits a moment.

The pool that `redis-py` makes by itself raises when it is empty. Whoever asks for a connection
together with hundreds of others would be told that Redis is away, and count nothing.
"""

from __future__ import annotations

from redis import BlockingConnectionPool

_MOST = 32
_WAIT_SECONDS = 5.0
# Redis answers within milliseconds: one that does not is away, and is said to be.
_ANSWER_SECONDS = 5.0


def waiting_pool(url: str) -> BlockingConnectionPool:
    """A pool of connections to the Redis at an address, as redis-py spells it."""
    return BlockingConnectionPool.from_url(
        url,
        max_connections=_MOST,
        timeout=_WAIT_SECONDS,
        socket_timeout=_ANSWER_SECONDS,
        socket_connect_timeout=_ANSWER_SECONDS,
    )
