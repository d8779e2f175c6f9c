"""Pages of the administration: organisations, mandates, roles, and who somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import Sentence
from consultazione.core.permissions import ROLE_NAMES, Permission, may
from consultazione.core.revisions import versions
from consultazione.people.blueprint import admin
from consultazione.people.commands.identifying import identify_person
from consultazione.people.commands.mandates import (
    confirm_mandate,
    end_mandate,
    give_mandate,
    turn_mandate_down,
)
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.commands.roles import GIVEN_ROLES, give_role, take_role_back
from consultazione.people.confirming import may_turn_down, proposed_mandates, why_not_confirm
from consultazione.people.labels import CATEGORY_NAMES, MANDATE_STATES
from consultazione.people.mandates.documents import MOST_FILES, documents_of, get_document
from consultazione.people.models import Category, Mandate
from consultazione.people.queries import (
    count_organisations,
    get_mandate,
    mandates,
    organisations,
    role_grants,
)
from consultazione.people.schemas import (
    EndMandateSchema,
    MandateSchema,
    OrganisationSchema,
    RoleSchema,
)
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import current_cycle, current_zone
from consultazione.web.files.stored import ACCEPT, sent, with_files
from consultazione.web.forms import Form, act
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id, sent_id

A_PAGE = 50


@admin.route("/organizzazioni", methods=["GET", "POST"], endpoint="organisations")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REGISTER_ORGANISATION)
def organisations_page() -> ResponseReturnValue:
    """The register of organisations, with the form that adds one."""
    form = Form(OrganisationSchema())
    if form.perform(partial(register_organisation, zone_id=current_zone().id)):
        flash(_("The organisation is in the register."), "success")
        return redirect(url_for("admin.organisations"))
    zone_id, after = current_zone().id, asked_id("dopo")
    rows = organisations(snapshot(), zone_id, after=after, limit=A_PAGE + 1)
    shown, last = paged(rows, A_PAGE)
    page = render_template(
        "people/admin/organisations.html",
        form=form,
        organisations=shown,
        count=count_organisations(snapshot(), zone_id),
        next_url=url_for("admin.organisations", dopo=last.id) if last else None,
        kinds=[(k.value, name) for k, name in CATEGORY_NAMES.items() if k is not Category.CITIZEN],
    )
    return page, form.status


@admin.route("/deleghe", methods=["GET", "POST"], endpoint="mandates")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.GIVE_MANDATE)
def mandates_page() -> ResponseReturnValue:
    """The mandates of the zone, with the form that grants one."""
    form = Form(MandateSchema(), {"starts_on": clock.today().isoformat()})
    if given := form.perform(give_mandate, before=partial(with_files, MOST_FILES)):
        flash(
            _("The mandate is given.")
            if given.confirmed_at
            else _("The mandate is proposed: it counts once a second person has confirmed it."),
            "success",
        )
        return redirect(url_for("admin.mandates"))
    rows = mandates(snapshot(), current_zone().id, before=asked_id("prima"), limit=A_PAGE + 1)
    shown, last = paged(rows, A_PAGE)
    page = render_template(
        "people/admin/mandates.html",
        form=form,
        mandates=shown,
        next_url=url_for("admin.mandates", prima=last.id) if last else None,
        organisations=[
            (o.id, o.name) for o in organisations(snapshot(), current_zone().id, standing=True)
        ],
        awaiting=_awaiting(),
        papers=documents_of(snapshot(), [mandate.id for mandate in shown]),
        accept=ACCEPT,
        now=clock.now(),
        states=MANDATE_STATES,
    )
    return page, form.status


@dataclass(frozen=True)
class _Awaiting:
    """A proposed mandate, and what the reader may do with it; why not, if they may not."""

    mandate: Mandate
    version: int
    why_not: Sentence | None
    may_turn_down: bool


def _awaiting() -> list[_Awaiting]:
    """The proposed mandates of the zone, for who confirms any, else those of the reader."""
    session, who, now = snapshot(), actor(), clock.now()
    proposed = proposed_mandates(session, current_zone().id, at=now)
    read = versions(session, Mandate, [mandate.id for mandate in proposed])
    rows = [
        _Awaiting(
            mandate,
            read.get(mandate.id, 1),
            why_not_confirm(session, who, mandate, at=now),
            may_turn_down(session, who, mandate, at=now),
        )
        for mandate in proposed
    ]
    sees_all = may(who, Permission.CONFIRM_ANY_MANDATE, zone_id=current_zone().id)
    return [row for row in rows if sees_all or row.why_not is None]


@admin.get("/deleghe/in-attesa", endpoint="proposed_mandates")
@auth.permission_required(Permission.CONFIRM_MANDATE)
def proposed_mandates_page() -> str:
    """The mandates that wait for a second person; a delegate sees those of their union."""
    return render_template("people/admin/proposed_mandates.html", awaiting=_awaiting())


@admin.post("/deleghe/<int:mandate_id>/conferma", endpoint="confirm_mandate")
@limiter.limit(WRITING)
@auth.permission_required(Permission.CONFIRM_MANDATE)
def confirm_mandate_button(mandate_id: int) -> ResponseReturnValue:
    """Confirm the version of a proposed mandate that was read, as the second person."""
    command = partial(confirm_mandate, mandate_id=mandate_id, version=sent_id("version"))
    done = _("The mandate is confirmed, and counts from now on.")
    return act(command, done=done, to=url_for("admin.proposed_mandates"))


@admin.post("/deleghe/<int:mandate_id>/respingi", endpoint="turn_mandate_down")
@limiter.limit(WRITING)
@auth.permission_required(Permission.TURN_MANDATE_DOWN)
def turn_mandate_down_button(mandate_id: int) -> ResponseReturnValue:
    """Turn a proposed mandate down."""
    command = partial(turn_mandate_down, mandate_id=mandate_id)
    done = _("The proposal is turned down: the mandate never counted.")
    return act(command, done=done, to=url_for("admin.proposed_mandates"))


@admin.route("/deleghe/<int:mandate_id>/fine", methods=["GET", "POST"], endpoint="end_mandate")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.END_MANDATE)
def end_mandate_page(mandate_id: int) -> ResponseReturnValue:
    """Set a mandate's last day, or end it at once."""
    mandate = get_mandate(snapshot(), mandate_id, zone_id=current_zone().id)
    form = Form(EndMandateSchema(), {"ends_on": clock.today().isoformat()})
    command = partial(end_mandate, mandate_id=mandate_id)
    if form.perform(command, before=partial(with_files, MOST_FILES)):
        flash(_("The end of the mandate is on the record."), "success")
        return redirect(url_for("admin.mandates"))
    page = render_template(
        "people/admin/end_mandate.html",
        form=form,
        mandate=mandate,
        accept=ACCEPT,
        papers=documents_of(snapshot(), [mandate.id]).get(mandate.id, []),
    )
    return page, form.status


@admin.get(
    "/deleghe/<int:mandate_id>/documenti/<int:mandate_document_id>/<file_name>",
    endpoint="mandate_document",
)
@auth.permission_required(Permission.GIVE_MANDATE)
def mandate_document(
    mandate_id: int, mandate_document_id: int, file_name: str
) -> ResponseReturnValue:
    """The document by which a mandate was given or ended."""
    mandate = get_mandate(snapshot(), mandate_id, zone_id=current_zone().id)
    response = sent(get_document(snapshot(), mandate_document_id, mandate_id=mandate.id), file_name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@admin.route("/ruoli", methods=["GET", "POST"], endpoint="roles")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.GIVE_ROLE)
def roles_page() -> ResponseReturnValue:
    """The roles granted in the zone, with the form that grants one."""
    form = Form(RoleSchema())
    if form.perform(partial(give_role, zone_id=current_zone().id)):
        flash(_("The role is given."), "success")
        return redirect(url_for("admin.roles"))
    zone_id, after = current_zone().id, asked_id("dopo") or 0
    shown, last = paged(role_grants(snapshot(), zone_id, after=after, limit=A_PAGE + 1), A_PAGE)
    page = render_template(
        "people/admin/roles.html",
        form=form,
        grants=shown,
        next_url=url_for("admin.roles", dopo=last[0].id) if last else None,
        role_names=ROLE_NAMES,
        roles=[(role.value, ROLE_NAMES[role]) for role in GIVEN_ROLES],
        tables={table.id: table.name for table in tables(snapshot(), current_cycle().id)},
    )
    return page, form.status


@admin.post("/ruoli/<int:grant_id>/ritira", endpoint="take_role_back")
@limiter.limit(WRITING)
@auth.permission_required(Permission.TAKE_ROLE_BACK)
def take_role_back_button(grant_id: int) -> ResponseReturnValue:
    """Revoke a role."""
    command = partial(take_role_back, grant_id=grant_id)
    back = auth.safe_next(request.form.get("next"), url_for("admin.roles"))
    return act(command, done=_("The role is taken back."), to=back)


@admin.post("/persone/<int:person_id>/identifica", endpoint="identify")
@limiter.limit(WRITING)
@auth.sign_in_required
def identify_button(person_id: int) -> ResponseReturnValue:
    """Record that a person showed who they are, to the desk of a sitting or an administrator."""
    command = partial(
        identify_person,
        zone_id=current_zone().id,
        person_id=person_id,
        table_id=sent_id("table_id") or None,
    )
    back = auth.safe_next(request.form.get("next"), url_for("admin.accounts"))
    return act(command, done=_("The person is identified."), to=back)
