"""Lets connections in: whose each is, and whether they have a place left in this process.

A browser is told why it is refused and when to come again; a connection that never says whose
it is ends by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, request
from flask_babel import gettext as _
from flask_socketio import ConnectionRefusedError, SocketIO, join_room

from consultazione.config import Settings
from consultazione.live.brakes.socket_places import (
    CONNECTION,
    SocketPlaces,
    address_of,
    network_of,
)
from consultazione.live.room_names import sign_in_room
from consultazione.people.secret_tokens import digest_of
from consultazione.web.auth import current_key, keep_session, said_person
from consultazione.web.oversight.metrics import REFUSED

RETRY_AFTER = 30
_LAST_WORDS_SECONDS = 1.0


class Arrivals:
    """The places of one process, and what happens when a connection comes, speaks and goes."""

    def __init__(self, app: Flask, socketio: SocketIO) -> None:
        settings: Settings = app.extensions["settings"]
        self._proxies = settings.trusted_proxies
        self._places = SocketPlaces(settings.anonymous_sockets_per_address)
        self._socketio = socketio
        self._engine: Any = socketio.server.eio

    def install(self) -> None:
        """Count connections from the moment at which they open, by whatever transport."""
        handlers = self._engine.handlers
        opened, closed = handlers["connect"], handlers["disconnect"]

        def come(connection: str, environ: dict[str, Any]) -> Any:
            for silent in self._places.overdue():
                self._socketio.start_background_task(self._engine.disconnect, silent)
            if not self._places.arrive(connection, self._network(environ)):
                return "too many connections"
            environ[CONNECTION] = connection
            # Flask knows of the trusted proxies by itself; what comes over a socket passes it by.
            environ["REMOTE_ADDR"] = address_of(environ, self._proxies)
            return opened(connection, environ)

        def go(connection: str, *reason: Any) -> Any:
            self._places.leave(connection)
            return closed(connection, *reason)

        handlers["connect"], handlers["disconnect"] = come, go
        self._socketio.on_event("connect", self._introduce)

    def _introduce(self, _auth: Any = None) -> None:
        """Keep a new connection's sign-in, count it, and note that it ends with its sign-in."""
        keep_session()
        key = current_key()
        self._count()
        if key:
            join_room(sign_in_room(digest_of(key)))

    def _count(self) -> None:
        connection = request.environ.get(CONNECTION)
        if connection is None:
            return
        network = self._network(request.environ)
        if self._places.introduce(connection, network, said_person()):
            return
        REFUSED.labels("", "too_many").inc()
        self._socketio.start_background_task(self._end, connection)
        raise ConnectionRefusedError(
            _("Too many windows are open from here: sign in, close some, or come again later."),
            {"retry_after": RETRY_AFTER},
        )

    def _network(self, environ: Mapping[str, Any]) -> str:
        return network_of(environ, self._proxies)

    def _end(self, connection: str) -> None:
        """End a refused connection a moment later, so that the reason arrives first."""
        self._socketio.sleep(_LAST_WORDS_SECONDS)
        self._engine.disconnect(connection)
