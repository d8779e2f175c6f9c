"""Pages that put the registers right: organisations and mandates that were entered wrongly."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission
from consultazione.core.revisions import revisions_of, version_of
from consultazione.people.blueprint import admin
from consultazione.people.commands.mandates import correct_mandate
from consultazione.people.commands.organisations import (
    correct_organisation,
    readmit_organisation,
)
from consultazione.people.history import Field, Version, day, history
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.people.queries import get_mandate, get_organisation
from consultazione.people.schemas import CorrectMandateSchema, CorrectOrganisationSchema
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

_ORGANISATION = {
    "name": Field(lazy_gettext("Name")),
    "category": Field(
        lazy_gettext("Kind of participant"), lambda value: CATEGORY_NAMES[Category(str(value))]
    ),
    "withdrawn_at": Field(lazy_gettext("Withdrawn on"), day),
}
_MANDATE = {
    "act": Field(lazy_gettext("Act")),
    "starts_on": Field(lazy_gettext("First day"), day),
    "ends_on": Field(lazy_gettext("Last day"), day),
}


@admin.get("/organizzazioni/<int:organisation_id>", endpoint="organisation")
@auth.permission_required(Permission.REGISTER_ORGANISATION)
def organisation_page(organisation_id: int) -> str:
    """An organisation of the register: what it is, what it was before, what can be done."""
    row = organisation_here(organisation_id)
    return render_template(
        "people/admin/organisation.html", organisation=row, history=_history_of(row)
    )


@admin.route(
    "/organizzazioni/<int:organisation_id>/correggi",
    methods=["GET", "POST"],
    endpoint="correct_organisation",
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CORRECT_ORGANISATION)
def correct_organisation_page(organisation_id: int) -> ResponseReturnValue:
    """Correct the name or the kind of an organisation."""
    row = organisation_here(organisation_id)
    now = {"name": row.name, "category": row.category.value}
    read = {**now, "version": version_of(snapshot(), row)}
    form = Form(CorrectOrganisationSchema(), read, shown={"category": CATEGORY_NAMES.__getitem__})
    if form.perform(partial(correct_organisation, organisation_id=row.id)):
        flash(_("The register is corrected."), "success")
        return redirect(url_for("admin.organisation", organisation_id=row.id))
    page = render_template(
        "people/admin/correct_organisation.html",
        form=form,
        organisation=organisation_here(organisation_id, fresh=True),
        kinds=[(k.value, name) for k, name in CATEGORY_NAMES.items() if k is not Category.CITIZEN],
    )
    return page, form.status


@admin.route(
    "/organizzazioni/<int:organisation_id>/riammetti",
    methods=["GET", "POST"],
    endpoint="readmit_organisation",
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.READMIT_ORGANISATION)
def readmit_organisation_page(organisation_id: int) -> ResponseReturnValue:
    """Put a withdrawn organisation back into the register."""
    row = organisation_here(organisation_id)
    form = Form(ReasonSchema())
    if form.perform(partial(readmit_organisation, organisation_id=row.id)):
        flash(_("The organisation is in the register again. Mandates and seats are given anew."),
              "success")  # fmt: skip
        return redirect(url_for("admin.organisation", organisation_id=row.id))
    page = render_template("people/admin/readmit.html", form=form, organisation=row)
    return page, form.status


@admin.route(
    "/deleghe/<int:mandate_id>/correggi", methods=["GET", "POST"], endpoint="correct_mandate"
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CORRECT_MANDATE)
def correct_mandate_page(mandate_id: int) -> ResponseReturnValue:
    """Correct a mandate that waits for a second person, or the act of one that counts."""
    mandate = get_mandate(snapshot(), mandate_id, zone_id=current_zone().id)
    form = Form(CorrectMandateSchema(), _as_typed(mandate))
    if form.perform(partial(correct_mandate, mandate_id=mandate_id)):
        flash(_("The mandate is corrected."), "success")
        return redirect(url_for("admin.mandates"))
    session = renew_snapshot()
    mandate = get_mandate(session, mandate_id, zone_id=current_zone().id)
    page = render_template(
        "people/admin/correct_mandate.html",
        form=form,
        mandate=mandate,
        history=history(session, revisions_of(session, mandate), _MANDATE),
    )
    return page, form.status


def organisation_here(organisation_id: int, *, fresh: bool = False) -> Organisation:
    """An organisation of the zone that the page is of; NotFound if there is none."""
    row = get_organisation(renew_snapshot() if fresh else snapshot(), organisation_id)
    if row.zone_id != current_zone().id:
        raise NotFound(_("There is no such organisation."))
    return row


def _history_of(row: Organisation) -> list[Version]:
    return history(snapshot(), revisions_of(snapshot(), row), _ORGANISATION)


def _as_typed(mandate: Mandate) -> dict[str, object]:
    return {
        "act": mandate.act,
        "starts_on": mandate.starts_on.isoformat(),
        "ends_on": mandate.ends_on.isoformat() if mandate.ends_on else "",
        "version": version_of(snapshot(), mandate),
    }
