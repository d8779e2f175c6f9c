"""Answers are compressed on their way, but where their length would betray what they hold.

BREACH (Gluck, Harris, Prado, 2013): a foreign page makes a browser ask for one of ours again and
again, with guesses in the address, and reads from the compressed length which guess stands in the
page beside its secret. So what a browser asks for with our cookie is compressed only if the
browser says that no foreign page made it ask (Fetch Metadata, W3C).
"""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_compress import Compress

_TYPES = [
    "application/atom+xml",
    "application/json",
    "application/ld+json",
    "application/rdf+xml",
    "application/xml",
    "image/svg+xml",
    "text/calendar",
    "text/csv",
    "text/html",
    "text/plain",
    "text/turtle",
]
_OUR_OWN = {"same-origin", "same-site", "none"}


def init(app: Flask) -> None:
    """Compress what this application answers; streams are left alone."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=_TYPES,
        COMPRESS_REGISTER=False,
        COMPRESS_STREAMS=False,
    )
    compress = Compress()
    compress.init_app(app)

    def compressed(response: Response) -> Response:
        if not may_be_measured():
            response.vary.add("Accept-Encoding")
            return response
        answered: Response = compress.after_request(response)
        return answered

    app.after_request(compressed)


def may_be_measured() -> bool:
    """Whether it does no harm if somebody learns how long the compressed answer is."""
    with_cookie = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return not with_cookie or request.headers.get("Sec-Fetch-Site") in _OUR_OWN
