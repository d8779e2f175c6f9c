"""Browsers in which somebody has signed in before: strangers' guesses do not slow them down.

A device cookie as OWASP describes it (Slow Down Online Guessing Attacks with Device Cookies):
signed, for one account, with a random name under which its own attempts are counted. It opens
nothing; a thief of it gets a counter of their own, as slow as any other.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from consultazione.config import Settings

_NAME = "consultazione_browser"
_SECONDS = 180 * 24 * 3600
# A computer that a family or an office shares; the oldest is forgotten for a new one.
_MOST_ACCOUNTS = 6


def name_of_browser(account: str) -> str | None:
    """The name that this browser has for an account; None if nobody signed in to it here."""
    return dict(_known()).get(account)


def know_browser(account: str) -> None:
    """Have this browser remembered as one in which the owner of an account signs in."""
    known = dict(_known())
    name = known.pop(account, None) or secrets.token_urlsafe(12)
    value = _signer().dumps([*known.items(), (account, name)][-_MOST_ACCOUNTS:])
    after_this_request(lambda response: _keep(response, value))


def _keep(response: Response, value: str | bytes) -> Response:
    settings = _settings()
    response.set_cookie(
        settings.cookie_name(_NAME),
        value.decode() if isinstance(value, bytes) else value,
        max_age=_SECONDS,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


def _known() -> list[tuple[str, str]]:
    """What the cookie says; nothing if it is missing, too old or not ours."""
    value = request.cookies.get(_settings().cookie_name(_NAME), "")
    try:
        kept: list[list[Any]] = _signer().loads(value, max_age=_SECONDS)
    except BadData:
        return []
    return [(str(account), str(name)) for account, name in kept]


def _signer() -> URLSafeTimedSerializer:
    keys = [*reversed(_settings().earlier_secret_keys), current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="known browser")


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
