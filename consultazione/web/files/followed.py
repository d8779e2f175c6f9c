"""Files that programs ask for again and again: the same to everybody as long as nothing changed."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request


def followed(content: bytes | str, media_type: str, changed: datetime | None) -> Response:
    """The content with an ETag of its bytes; 304 to who has it already (RFC 9110, 13).

    changed: when what it tells of was changed last; None if that is not known.
    """
    response = Response(content, content_type=f"{media_type}; charset=utf-8")
    response.last_modified = changed
    response.add_etag()
    response.make_conditional(request)
    return response
