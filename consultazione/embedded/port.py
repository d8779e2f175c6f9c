"""The web server's port: free before the start, ready after it."""

from __future__ import annotations

import http.client
import socket

from consultazione.config import Settings
from consultazione.embedded.errors import CannotStart


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
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
