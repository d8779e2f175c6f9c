"""The site's own keys and address, for what is signed between two of its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from flask import current_app, request

from consultazione.config import Settings
from consultazione.web.current_zone import current_zone


def site_keys() -> tuple[str, ...]:
    """The keys that sign, the newest last."""
    settings: Settings = current_app.extensions["settings"]
    return (*reversed(settings.earlier_secret_keys), current_app.config["SECRET_KEY"])


def origin() -> str:
    """The site's public address as browsers write an origin: no path, no slash at the end.

    On a machine that nobody else reaches, the name that the browser uses: a passkey needs a name
    (`localhost`), and refuses 127.0.0.1.
    """
    settings: Settings = current_app.extensions["settings"]
    if settings.is_local:
        return request.host_url.rstrip("/")
    return settings.origins[0]


class SigningSite(TypedDict):
    """Where something is signed: `documents.signatures.base.Site` says what each field is."""

    origin: str
    keys: tuple[str, ...]
    trust: Path | None
    zone: str


def signing_site() -> SigningSite:
    """This site, for whoever signs something on a page of the zone."""
    settings: Settings = current_app.extensions["settings"]
    return {
        "origin": origin(),
        "keys": site_keys(),
        "trust": settings.trust_dir,
        "zone": current_zone().slug,
    }
