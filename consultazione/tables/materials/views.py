"""Pages that put a material right, and its earlier files at addresses of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, permitted, require
from consultazione.core.revisions import Revision, revisions_of, version_of
from consultazione.people.history import Field, day, history
from consultazione.tables.blueprint import pages
from consultazione.tables.material_views import require_open
from consultazione.tables.materials.commands import (
    replace_material,
    retitle_material,
    withdraw_material,
)
from consultazione.tables.models import Material, ThematicTable
from consultazione.tables.queries import get_material, get_table
from consultazione.tables.schemas import ReplaceMaterialSchema, RetitleMaterialSchema
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

_FIELDS = {
    "title": Field(lazy_gettext("Title")),
    "file_name": Field(lazy_gettext("File")),
    "withdrawn_at": Field(lazy_gettext("Withdrawn on"), day),
}
_ACTS = (
    Permission.REPLACE_MATERIAL,
    Permission.RETITLE_MATERIAL,
    Permission.WITHDRAW_MATERIAL,
)


@dataclass(frozen=True)
class _Earlier:
    """A file that a material had before, as `files.sent` reads it."""

    version: int
    file_name: str
    media_type: str
    sha256: str


@pages.get("/materiali/<int:material_id>")
def about_material(material_id: int) -> str:
    """A document with its earlier versions, and what can be done with it."""
    material, table = _found(material_id)
    revisions = revisions_of(snapshot(), material)
    return render_template(
        "tables/material.html",
        material=material,
        table=table,
        earlier=[_file_before(one) for one in revisions if "sha256" in one.was],
        history=history(snapshot(), revisions, _FIELDS),
        acts=permitted(actor(), _ACTS, zone_id=table.zone_id, table_id=table.id),
    )


@pages.get("/materiali/<int:material_id>/versioni/<int:version>/<file_name>")
def earlier_material(material_id: int, version: int, file_name: str) -> Response:
    """Serve the file of an earlier version of a document, unless it is withdrawn."""
    material, _table = _found(material_id)
    require_open(material)
    for revision in revisions_of(snapshot(), material):
        if revision.version == version and "sha256" in revision.was:
            return files.sent(_file_before(revision), file_name)
    raise NotFound(_("There is no such document."))


@pages.route("/materiali/<int:material_id>/sostituisci", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def replace_file(material_id: int) -> ResponseReturnValue:
    """Put another file in the place of a document's."""
    material, table = _in_hand(material_id, Permission.REPLACE_MATERIAL)
    form = Form(ReplaceMaterialSchema(), {"version": version_of(snapshot(), material)})
    command = partial(replace_material, material_id=material_id)
    if form.perform(command, before=files.with_file):
        flash(_("The new version is published. The earlier one stays at its own address."),
              "success")  # fmt: skip
        return redirect(url_for("tables.about_material", material_id=material_id))
    page = render_template(
        "tables/replace_material.html",
        form=form,
        material=material,
        table=table,
        accept=files.ACCEPT,
        is_scanned=files.is_scanned(),
    )
    return page, form.status


@pages.route("/materiali/<int:material_id>/titolo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def retitle(material_id: int) -> ResponseReturnValue:
    """Correct the title of a document."""
    material, table = _in_hand(material_id, Permission.RETITLE_MATERIAL)
    now = {"title": material.title, "version": version_of(snapshot(), material)}
    form = Form(RetitleMaterialSchema(), now)
    if form.perform(partial(retitle_material, material_id=material_id)):
        flash(_("The title is corrected."), "success")
        return redirect(url_for("tables.about_material", material_id=material_id))
    page = render_template("tables/retitle.html", form=form, material=material, table=table)
    return page, form.status


@pages.route("/materiali/<int:material_id>/ritira", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def withdraw(material_id: int) -> ResponseReturnValue:
    """Withdraw a document, for a reason."""
    material, table = _in_hand(material_id, Permission.WITHDRAW_MATERIAL)
    form = Form(ReasonSchema())
    if form.perform(partial(withdraw_material, material_id=material_id)):
        flash(_("The document is withdrawn."), "success")
        return redirect(url_for("tables.about_material", material_id=material_id))
    page = render_template(
        "tables/withdraw_material.html", form=form, material=material, table=table
    )
    return page, form.status


def _found(material_id: int) -> tuple[Material, ThematicTable]:
    material = get_material(snapshot(), material_id)
    return material, get_table(snapshot(), material.table_id)


def _in_hand(material_id: int, permission: Permission) -> tuple[Material, ThematicTable]:
    material, table = _found(material_id)
    require(actor(), permission, zone_id=table.zone_id, table_id=table.id)
    return material, table


def _file_before(revision: Revision) -> _Earlier:
    was = revision.was
    return _Earlier(
        version=revision.version,
        file_name=was.get("file_name", ""),
        media_type=was.get("media_type", ""),
        sha256=was["sha256"],
    )
