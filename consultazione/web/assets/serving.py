"""Sends static files: what was built for ever and compressed, sources to be asked for each time."""

from __future__ import annotations

import mimetypes

from flask import Flask, Response, request, send_from_directory

from consultazione.web.assets.built import BUILT, STATIC

# Compressed forms beside a built file, the smaller first.
_FORMS = {"br": ".br", "gzip": ".gz"}
# The name changes with the content (RFC 8246).
_FOR_GOOD = "public, max-age=31536000, immutable"


def init(app: Flask) -> None:
    """Serve `/static/...`."""
    app.add_url_rule("/static/<path:filename>", "static", send)


def send(filename: str) -> Response:
    """A file below `static`; NotFound for another."""
    if not filename.startswith(f"{BUILT}/"):
        response = send_from_directory(STATIC, filename)
        response.headers["Cache-Control"] = "no-cache"
        return response
    form = _accepted_form(filename)
    response = send_from_directory(
        STATIC, filename + _FORMS.get(form, ""), mimetype=mimetypes.guess_type(filename)[0]
    )
    response.headers["Cache-Control"] = _FOR_GOOD
    response.headers["Vary"] = "Accept-Encoding"
    if form:
        response.headers["Content-Encoding"] = form
    return response


def _accepted_form(filename: str) -> str:
    """The compressed form of a file that the browser takes; "" for the file itself."""
    for form, ending in _FORMS.items():
        if request.accept_encodings[form] and (STATIC / (filename + ending)).is_file():
            return form
    return ""
