"""Limits how many connections one sender has open in a process, and how many rooms each joins.

A visitor is known by their network alone, and a whole hall may sit behind one router; so their
number is generous, and whoever is signed in has places of their own. A connection that has not
said yet whose it is counts for its network, and has ten seconds to say so.

Counted when a connection comes and goes, never at a message.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Mapping, MutableMapping
from typing import Any

from consultazione.web import sender

MOST_OF_A_MEMBER = 20
MOST_ARRIVING = 1000
MOST_ROOMS = 8
ARRIVES_WITHIN = 10.0
# Where a connection keeps its number and the streams that it follows.
CONNECTION, _ROOMS = "consultazione.connection", "consultazione.rooms"


class SocketPlaces:
    """The connections of one process by whom they count for."""

    def __init__(self, of_a_network: int) -> None:
        self._of_a_network = of_a_network
        self._owner: dict[str, str] = {}
        self._taken: Counter[str] = Counter()
        self._arrivals: deque[tuple[float, str]] = deque()

    def arrive(self, connection: str, network: str) -> bool:
        """Count a connection that nobody has spoken on; False if too many are arriving."""
        self._arrivals.append((time.monotonic() + ARRIVES_WITHIN, connection))
        return self._take(connection, f"arriving:{network}", MOST_ARRIVING)

    def introduce(self, connection: str, network: str, member: str) -> bool:
        """Count a connection for who is signed in, else for its network; False if it is too many.

        member: what stands for them; empty for a visitor.
        """
        if member:
            return self._take(connection, f"member:{member}", MOST_OF_A_MEMBER)
        return self._take(connection, f"network:{network}", self._of_a_network)

    def leave(self, connection: str) -> None:
        """Give a connection's place back; idempotent."""
        owner = self._owner.pop(connection, None)
        if owner is not None:
            self._taken[owner] -= 1
            if not self._taken[owner]:
                del self._taken[owner]

    def overdue(self) -> list[str]:
        """The connections that came long ago and have not said whose they are; each once."""
        found = []
        while self._arrivals and self._arrivals[0][0] < time.monotonic():
            connection = self._arrivals.popleft()[1]
            if self._owner.get(connection, "").startswith("arriving:"):
                found.append(connection)
        return found

    def _take(self, connection: str, owner: str, most: int) -> bool:
        self.leave(connection)
        if self._taken[owner] >= most:
            return False
        self._owner[connection] = owner
        self._taken[owner] += 1
        return True


def address_of(environ: Mapping[str, Any], proxies: int) -> str:
    """The address from which a connection comes.

    proxies: how many are trusted about it, as the settings say.
    """
    told = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(told) >= proxies:
        return str(told[-proxies].strip())
    return str(environ.get("REMOTE_ADDR", ""))


def network_of(environ: Mapping[str, Any], proxies: int) -> str:
    """Where a connection comes from: an address, of IPv6 the network of 64 bits that a home has.

    proxies: how many are trusted about it, as the settings say.
    """
    return sender.network_of(address_of(environ, proxies))


def may_join(environ: MutableMapping[str, Any], room: str) -> bool:
    """Note that a connection joins a room; False if it has joined as many as one page needs."""
    rooms: set[str] = environ.setdefault(_ROOMS, set())
    if room not in rooms and len(rooms) >= MOST_ROOMS:
        return False
    rooms.add(room)
    return True
