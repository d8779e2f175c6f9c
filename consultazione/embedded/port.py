"""The web server's port: free before the start, ready after it, and a page there."""

from __future__ import annotations

import socket
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from consultazione.config import Settings
from consultazione.embedded.errors import CannotStart

# No proxy stands before what listens here.
_OURS = build_opener(ProxyHandler({}))


def refuse_taken_port(settings: Settings) -> None:
    """Raise CannotStart if the web server could not listen on HOST and PORT."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotStart(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}): "
                "stop what holds it, or choose another with PORT."
            ) from None


def is_ready(settings: Settings) -> bool:
    """True if the web server reports that every part is ready."""
    return _status(settings, "/readyz", seconds=2) == HTTPStatus.OK


def shows_a_page(settings: Settings) -> bool:
    """True if a visitor of `/` gets a page, and no refusal of a server that is not up to it.

    A process makes its first page slowly, since it connects, compiles and reads its catalogues
    for it: on a busy machine more slowly than a visitor's transaction may last (core/db_limits.py).
    """
    status = _status(settings, "/", seconds=10)
    return status is not None and status < HTTPStatus.INTERNAL_SERVER_ERROR


def _status(settings: Settings, path: str, *, seconds: float) -> int | None:
    """The status of the answer to a GET, wherever that leads; None if there is none in time."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    place = f"[{host}]" if ":" in host else host
    try:
        with _OURS.open(f"http://{place}:{settings.port}{path}", timeout=seconds) as answer:
            return int(answer.status)
    except HTTPError as refusal:
        refusal.close()
        return refusal.code
    except (OSError, HTTPException):
        return None
