"""Files that are made for whoever asks: how they are sent, and the address that they name."""

from __future__ import annotations

from flask import Response, current_app, make_response

from consultazione.config import Settings


def inline(content: bytes, media_type: str, name: str, *, etag: str = "") -> Response:
    """A file that the browser shows if it can.

    name: under which it is saved. etag: what changes when its bytes do, if that is known.
    """
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    if etag:
        response.set_etag(etag)
    return response


def public_url() -> str:
    """The public address of this site, without a slash at the end."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url
