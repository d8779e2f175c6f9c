"""Materials: publishing one, and serving its bytes at a permanent address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.core.threadpool import offload
from consultazione.sittings.queries import table_sittings
from consultazione.tables.blueprint import pages, the_table
from consultazione.tables.commands import publish_material
from consultazione.tables.models import Material
from consultazione.tables.queries import get_material
from consultazione.tables.scanner import refuse_infected
from consultazione.tables.schemas import MaterialSchema
from consultazione.tables.uploads import (
    LARGEST,
    MEDIA_TYPES,
    StoredFile,
    media_type_of,
    path_of,
    plain_name,
    store,
)
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE
from consultazione.web.forms import Form
from consultazione.web.oversight import security_log
from consultazione.web.oversight.security_log import Kind
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

_SHOWN_INLINE = frozenset(MEDIA_TYPES[ending] for ending in ("pdf", "png", "jpg"))
_ACCEPT = ",".join(f".{ending}" for ending in MEDIA_TYPES)
_READ_FOR = 3600
# No file may run scripts or load anything from our origin, whatever it contains.
_SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; sandbox"
)


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/materiali/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def publish(slug: str) -> ResponseReturnValue:
    """Publish a document of a table, or of one of its sittings."""
    table = the_table(slug)
    require(actor(), Permission.PUBLISH_MATERIAL, zone_id=table.zone_id, table_id=table.id)
    form = Form(MaterialSchema(), {"sitting_id": request.args.get("seduta", "")})
    if form.perform(partial(publish_material, table_id=table.id), before=_with_file):
        flash(_("The document is published."), "success")
        return redirect(url_for("tables.show", slug=slug, _anchor="materiali"))
    sittings = [(sitting.id, sitting.title) for sitting in table_sittings(snapshot(), table.id)]
    page = render_template(
        "tables/publish.html",
        form=form,
        table=table,
        sittings=sittings,
        accept=_ACCEPT,
        is_scanned=_settings().clamd is not None,
    )
    return page, form.status


@pages.get("/materiali/<int:material_id>/<file_name>")
def material(material_id: int, file_name: str) -> Response:
    """Serve a document's bytes to anybody; inline only if its type cannot run scripts."""
    stored = get_material(snapshot(), material_id)
    path = path_of(_uploads(), stored.sha256)
    if stored.file_name != file_name or not path.exists():
        raise NotFound(_("There is no such document."))
    return _sent(stored, path)


def _sent(stored: Material, path: Path) -> Response:
    response = send_file(
        path,
        mimetype=stored.media_type,
        as_attachment=stored.media_type not in _SHOWN_INLINE,
        download_name=stored.file_name,
        etag=stored.sha256,
        max_age=_READ_FOR,
    )
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def _with_file(**values: Any) -> Mapping[str, object]:
    """The fields, with the file that is now scanned and stored.

    One that is left over after a refusal does no harm.
    """
    return {**values, "file": _store_upload()}


def _store_upload() -> StoredFile:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid.at("file", _("Choose a file."))
    content = upload.stream.read(LARGEST + 1)
    offload(media_type_of, plain_name(upload.filename), content)
    if (clamd := _settings().clamd) is not None:
        _scan(clamd, content)
    stored: StoredFile = offload(store, _uploads(), upload.filename, content)
    return stored


def _scan(clamd: str, content: bytes) -> None:
    try:
        refuse_infected(clamd, content)
    except Invalid:
        security_log.note(Kind.INFECTED)
        raise


def _uploads() -> Path:
    return _settings().uploads_dir


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
