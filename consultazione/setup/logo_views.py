"""A zone's logo: read from a form, and served at an address that names its content."""

from __future__ import annotations

from pathlib import Path

from flask import Response, current_app, request, send_file
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.incoming.uploads import path_of
from consultazione.core.threadpool import offload
from consultazione.setup.blueprint import pages
from consultazione.setup.logos import LARGEST, store_logo
from consultazione.setup.settings import is_logo
from consultazione.web.request_db import actor, snapshot

_A_YEAR = 31_536_000


@pages.get("/logo/<sha256>.png")
def logo(sha256: str) -> Response:
    """Serve a logo of a zone, or of one's own draft."""
    path = path_of(_uploads(), sha256)
    if not is_logo(snapshot(), sha256, person_id=actor().person_id) or not path.exists():
        raise NotFound(_("There is no such logo."))
    return send_file(path, mimetype="image/png", etag=sha256, max_age=_A_YEAR)


def sent_logo() -> str | None:
    """Store the picture that came with the form; its SHA-256, or None if none was chosen."""
    upload = request.files.get("logo")
    if upload is None or not upload.filename:
        return None
    content = upload.stream.read(LARGEST + 1)
    stored = offload(store_logo, _uploads(), content)
    return str(stored.sha256)


def _uploads() -> Path:
    directory: Path = current_app.extensions["settings"].uploads_dir
    return directory
