"""Materials: publishing one, and serving its bytes at a permanent address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.sittings.queries import table_sittings
from consultazione.tables.blueprint import pages, the_table
from consultazione.tables.commands import publish_material
from consultazione.tables.queries import get_material
from consultazione.tables.receiving import receive
from consultazione.tables.schemas import MaterialSchema
from consultazione.tables.uploads import (
    LARGEST,
    MEDIA_TYPES,
    path_of,
)
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE
from consultazione.web.forms import Form
from consultazione.web.oversight import security_log
from consultazione.web.oversight.security_log import Kind
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.stored_files import send_stored, uploaded

_ACCEPT = ",".join(f".{ending}" for ending in MEDIA_TYPES)


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
    if stored.file_name != file_name:
        raise NotFound(_("There is no such document."))
    return send_stored(
        path_of(_settings().uploads_dir, stored.sha256),
        media_type=stored.media_type,
        file_name=stored.file_name,
        sha256=stored.sha256,
    )


def _with_file(**values: Any) -> Mapping[str, object]:
    """The fields, with the file that is now scanned and stored.

    One that is left over after a refusal does no harm.
    """
    name, content = uploaded(LARGEST)
    noted = partial(security_log.note, Kind.INFECTED)
    settings = _settings()
    file = receive(settings.uploads_dir, name, content, clamd=settings.clamd, on_infection=noted)
    return {**values, "file": file}


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
