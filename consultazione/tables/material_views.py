"""Materials: publishing one, and serving its bytes at a permanent address."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import revisions_of
from consultazione.sittings.queries import table_sittings
from consultazione.tables.blueprint import pages, the_table
from consultazione.tables.commands import publish_material
from consultazione.tables.models import Material
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
def material(material_id: int, file_name: str) -> ResponseReturnValue:
    """Serve a document's bytes to anybody; inline only if its type cannot run scripts.

    Under the name of an earlier file it leads to that file: an address that was given stays.
    """
    found = get_material(snapshot(), material_id)
    require_open(found)
    if found.file_name != file_name:
        for revision in revisions_of(snapshot(), found):
            if revision.was.get("file_name") == file_name:
                return redirect(
                    url_for(
                        "tables.earlier_material",
                        material_id=material_id,
                        version=revision.version,
                        file_name=file_name,
                    )
                )
    return files.sent(found, file_name)


def require_open(found: Material) -> None:
    """NotFound, with the reason, if a material is withdrawn."""
    if found.withdrawn_at is not None:
        reason = found.withdrawn_reason or ""
        raise NotFound(_("This document was withdrawn: %(reason)s", reason=reason))
