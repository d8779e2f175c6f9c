"""Pages of the administration: accounts, blocking them, links for forgotten passwords."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.mail.bounces import failing
from consultazione.core.permissions import ROLE_NAMES, Permission
from consultazione.people.accounts import accounts, get_account, grants_of
from consultazione.people.blueprint import admin
from consultazione.people.commands.blocking import block_person, unblock_person
from consultazione.people.commands.password_links import (
    confirm_password_link,
    make_password_link,
    withdraw_password_link,
)
from consultazione.people.credentials.password_links import (
    is_confirmed,
    link_of,
    why_not_confirm_link,
)
from consultazione.people.directory.queries import history_of, mandates_of
from consultazione.people.gateway.queries import identity_of
from consultazione.people.labels import MANDATE_STATES
from consultazione.people.models import Resets
from consultazione.people.queries import sign_ins_of
from consultazione.people.reach import needs_second
from consultazione.people.second_step.queries import second_step_of
from consultazione.people.user_agent import describe
from consultazione.tables.queries import admissions_of, tables, tables_at_which
from consultazione.web import auth
from consultazione.web.current_zone import current_cycle, current_zone
from consultazione.web.fields import NoFieldsSchema, ReasonSchema
from consultazione.web.forms import Form, act
from consultazione.web.oversight.security_log import Kind, note
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

A_PAGE = 50
_LONGEST_SEARCH = 254
_DEEDS_SHOWN = 50


@admin.get("/persone", endpoint="accounts")
@auth.permission_required(Permission.READ_ACCOUNTS)
def accounts_page() -> str:
    """The accounts, newest first, or those that a name or an address finds."""
    note(Kind.ACCOUNTS_READ)
    search = request.args.get("cerca", "")[:_LONGEST_SEARCH].replace("\x00", "")
    if search:
        note(Kind.PEOPLE_SOUGHT)
    rows = accounts(
        snapshot(), current_zone().id, search=search, before=asked_id("prima"), limit=A_PAGE + 1
    )
    shown, last = paged(rows, A_PAGE)
    following = url_for("admin.accounts", cerca=search or None, prima=last.id) if last else None
    return render_template(
        "people/admin/accounts.html", accounts=shown, search=search, next_url=following
    )


@admin.get("/persone/<int:person_id>", endpoint="account")
@auth.permission_required(Permission.READ_ACCOUNTS)
def account_page(person_id: int) -> ResponseReturnValue:
    """One account, with what can be done about it; that somebody read it is noted."""
    note(Kind.PERSON_READ, about=person_id)
    return account_answer(person_id, Form(ReasonSchema()))


@admin.post("/persone/<int:person_id>/blocca", endpoint="block_person")
@limiter.limit(WRITING)
@auth.permission_required(Permission.BLOCK_PERSON)
def block_person_form(person_id: int) -> ResponseReturnValue:
    """Let nobody in with an account."""
    form = Form(ReasonSchema())
    if form.perform(partial(block_person, zone_id=current_zone().id, person_id=person_id)):
        flash(_("The account is blocked."), "success")
        return redirect(url_for("admin.account", person_id=person_id))
    return account_answer(person_id, form)


@admin.post("/persone/<int:person_id>/sblocca", endpoint="unblock_person")
@limiter.limit(WRITING)
@auth.permission_required(Permission.UNBLOCK_PERSON)
def unblock_person_button(person_id: int) -> ResponseReturnValue:
    """Let a person in again."""
    command = partial(unblock_person, zone_id=current_zone().id, person_id=person_id)
    to = url_for("admin.account", person_id=person_id)
    return act(command, done=_("The account is not blocked any more."), to=to)


@admin.post("/persone/<int:person_id>/password", endpoint="make_password_link")
@limiter.limit(WRITING)
@auth.permission_required(Permission.MAKE_PASSWORD_LINK)
def make_password_link_button(person_id: int) -> ResponseReturnValue:
    """Make a link for a forgotten password, and show it this once."""
    form = Form(NoFieldsSchema())
    command = partial(make_password_link, zone_id=current_zone().id, person_id=person_id)
    secret = form.perform(command)
    renew_snapshot()
    for message in form.errors.get("", []):
        flash(message, "danger")
    return account_answer(person_id, Form(ReasonSchema(), {}), secret)


@admin.post("/persone/<int:person_id>/password/<int:link_id>/conferma", endpoint="confirm_link")
@limiter.limit(WRITING)
@auth.permission_required(Permission.CONFIRM_PASSWORD_LINK)
def confirm_link_button(person_id: int, link_id: int) -> ResponseReturnValue:
    """Confirm a link that another administrator made."""
    command = partial(confirm_password_link, zone_id=current_zone().id, link_id=link_id)
    to = url_for("admin.account", person_id=person_id)
    return act(command, done=_("The link is confirmed: it can be used now."), to=to)


@admin.post("/persone/<int:person_id>/password/<int:link_id>/ritira", endpoint="withdraw_link")
@limiter.limit(WRITING)
@auth.permission_required(Permission.WITHDRAW_PASSWORD_LINK)
def withdraw_link_button(person_id: int, link_id: int) -> ResponseReturnValue:
    """Withdraw a link."""
    command = partial(withdraw_password_link, zone_id=current_zone().id, link_id=link_id)
    to = url_for("admin.account", person_id=person_id)
    return act(command, done=_("The link is withdrawn."), to=to)


def account_answer(
    person_id: int, form: Form, secret: str | None = None, *, step_address: str | None = None
) -> tuple[str, int]:
    """The page of one account. secret: of a new link for the password, shown this once.

    step_address: that of a new link for a lost second step, shown this once too.
    """
    zone_id = current_zone().id
    person = get_account(snapshot(), zone_id, person_id)
    held = mandates_of(snapshot(), person_id, zone_id)
    ids = [mandate.id for mandate in held]
    link = link_of(snapshot(), person_id, now=clock.now())
    page = render_template(
        "people/admin/account.html",
        form=form,
        person=person,
        grants=grants_of(snapshot(), person_id),
        mandates=held,
        states=MANDATE_STATES,
        now=clock.now(),
        seats={m.id: tables_at_which(snapshot(), m.organisation_id) for m in held},
        admissions=admissions_of(snapshot(), person_id, zone_id),
        tables={table.id: table.name for table in tables(snapshot(), current_cycle().id)},
        sign_ins=sign_ins_of(snapshot(), person_id),
        describe=describe,
        deeds=history_of(snapshot(), person_id, zone_id, ids, limit=_DEEDS_SHOWN),
        role_names=ROLE_NAMES,
        link=link,
        confirmed=link is not None and is_confirmed(snapshot(), link),
        why_not=link
        and why_not_confirm_link(snapshot(), link, actor().person_id, zone_id=current_zone().id),
        needs_second=needs_second(snapshot(), person_id),
        second_step=second_step_of(snapshot(), person_id),
        step_address=step_address,
        step_link=_step_link(person_id),
        bounces=failing(snapshot(), person_id),
        gateway_identity=identity_of(snapshot(), person_id),
        address=url_for("people.choose_password", chiave=secret, _external=True)
        if secret
        else None,
    )
    return page, form.status


def _step_link(person_id: int) -> Mapping[str, object] | None:
    """The open link for a lost second step, whether it counts, and why one may not confirm it."""
    session = snapshot()
    link = link_of(session, person_id, now=clock.now(), resets=Resets.SECOND_STEP)
    if link is None:
        return None
    zone_id = current_zone().id
    why_not = why_not_confirm_link(session, link, actor().person_id, zone_id=zone_id)
    return {"row": link, "confirmed": is_confirmed(session, link), "why_not": why_not}
