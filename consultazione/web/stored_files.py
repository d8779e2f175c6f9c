"""Files of people: read from a form, and sent to anybody without a way to run in a browser."""

from __future__ import annotations

from pathlib import Path

from flask import Response, request, send_file
from flask_babel import gettext as _

from consultazione.core.errors import Invalid, NotFound

_SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})
_READ_FOR = 3600
# No file may run scripts or load anything from our origin, whatever it contains.
_SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; sandbox"
)


def uploaded(most: int) -> tuple[str, bytes]:
    """The name and the content of the form's file, of which at most one byte too many is read.

    most: bytes. Invalid on the field `file` if none was chosen.
    """
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid.at("file", _("Choose a file."))
    return upload.filename, upload.stream.read(most + 1)


def is_uploaded() -> bool:
    """True if the form was sent with a file."""
    upload = request.files.get("file")
    return upload is not None and bool(upload.filename)


def send_stored(path: Path, *, media_type: str, file_name: str, sha256: str) -> Response:
    """A stored file's bytes; inline only if its type cannot run scripts. NotFound without it."""
    if not path.exists():
        raise NotFound(_("There is no such document."))
    response = send_file(
        path,
        mimetype=media_type,
        as_attachment=media_type not in _SHOWN_INLINE,
        download_name=file_name,
        etag=sha256,
        max_age=_READ_FOR,
    )
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response
