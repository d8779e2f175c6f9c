"""Materials: publishing one, and serving its bytes at a permanent address."""

from __future__ import annotations

from functools import partial

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.sittings.queries import table_sittings
from consultazione.tables.blueprint import pages, the_table
from consultazione.tables.commands import publish_material
from consultazione.tables.queries import get_material
from consultazione.tables.schemas import MaterialSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/materiali/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def publish(slug: str) -> ResponseReturnValue:
    """Publish a document of a table, or of one of its sittings."""
    table = the_table(slug)
    require(actor(), Permission.PUBLISH_MATERIAL, zone_id=table.zone_id, table_id=table.id)
    form = Form(MaterialSchema(), {"sitting_id": request.args.get("seduta", "")})
    if form.perform(partial(publish_material, table_id=table.id), before=files.with_file):
        flash(_("The document is published."), "success")
        return redirect(url_for("tables.show", slug=slug, _anchor="materiali"))
    sittings = [(sitting.id, sitting.title) for sitting in table_sittings(snapshot(), table.id)]
    page = render_template(
        "tables/publish.html",
        form=form,
        table=table,
        sittings=sittings,
        accept=files.ACCEPT,
        is_scanned=files.is_scanned(),
    )
    return page, form.status


@pages.get("/materiali/<int:material_id>/<file_name>")
def material(material_id: int, file_name: str) -> Response:
    """Serve a document's bytes to anybody; inline only if its type cannot run scripts."""
    return files.sent(get_material(snapshot(), material_id), file_name)
