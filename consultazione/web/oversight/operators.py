"""Who may read what the running system tells of itself: its figures, and why it is not ready."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from flask import current_app, request

from consultazione.config import Settings

# What a proxy adds: with one of these, the address is not that of who asked.
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def is_operator() -> bool:
    """True for a request that carries OPERATIONS_TOKEN, or that this machine itself has sent.

    A request that was passed on by a proxy has not been sent by this machine, even where the
    proxy runs beside us.
    """
    return _has_token() or _is_local()


def _has_token() -> bool:
    settings: Settings = current_app.extensions["settings"]
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.operations_token is None or scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(token.encode(), settings.operations_token.encode())


def _is_local() -> bool:
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
