"""Pages that an administrator reaches from a person's page: the name, and a role."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.db import Transaction
from consultazione.core.permissions import ROLE_NAMES, Permission
from consultazione.people.accounts import get_account
from consultazione.people.blueprint import admin
from consultazione.people.commands.roles import GIVEN_ROLES, give_role
from consultazione.people.directory.commands import rename_person
from consultazione.people.models import RoleGrant
from consultazione.people.schemas import RenameSchema, RoleAtSchema
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import current_cycle, current_zone
from consultazione.web.forms import Form
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter


@admin.route("/persone/<int:person_id>/nome", methods=["GET", "POST"], endpoint="rename_person")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.RENAME_PERSON)
def rename_person_page(person_id: int) -> ResponseReturnValue:
    """Correct what a person is called."""
    person = get_account(snapshot(), current_zone().id, person_id)
    form = Form(RenameSchema(), {"display_name": person.display_name})
    if form.perform(partial(rename_person, zone_id=current_zone().id, person_id=person_id)):
        flash(_("The name is corrected, and the person is told by mail."), "success")
        return redirect(url_for("admin.account", person_id=person_id))
    return render_template("people/admin/rename.html", form=form, person=person), form.status


@admin.route("/persone/<int:person_id>/ruolo", methods=["GET", "POST"], endpoint="give_role_to")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.GIVE_ROLE)
def give_role_page(person_id: int) -> ResponseReturnValue:
    """Give a person a role, in the zone or at one of its tables."""
    person = get_account(snapshot(), current_zone().id, person_id)
    form = Form(RoleAtSchema())

    def give(tx: Transaction, **chosen: object) -> RoleGrant:
        return give_role(tx, zone_id=current_zone().id, email=person.email or "", **chosen)  # type: ignore[arg-type]

    if form.perform(give):
        flash(_("The role is given."), "success")
        return redirect(url_for("admin.account", person_id=person_id))
    page = render_template(
        "people/admin/give_role.html",
        form=form,
        person=person,
        roles=[(role.value, ROLE_NAMES[role]) for role in GIVEN_ROLES],
        tables=[(table.id, table.name) for table in tables(snapshot(), current_cycle().id)],
    )
    return page, form.status
