"""Pages of the administration: accounts, blocking them, links for forgotten passwords."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
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
from consultazione.people.queries import valid_mandates
from consultazione.people.reach import needs_second
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.fields import NoFieldsSchema, ReasonSchema
from consultazione.web.forms import Form, act
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

A_PAGE = 50
_LONGEST_SEARCH = 254


@admin.get("/persone", endpoint="accounts")
@auth.permission_required(Permission.READ_ACCOUNTS)
def accounts_page() -> str:
    """The accounts, newest first, or those that a name or an address finds."""
    search = request.args.get("cerca", "")[:_LONGEST_SEARCH].replace("\x00", "")
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
    """One account, with what can be done about it."""
    return _account(person_id, Form(ReasonSchema()))


@admin.post("/persone/<int:person_id>/blocca", endpoint="block_person")
@limiter.limit(WRITING)
@auth.permission_required(Permission.BLOCK_PERSON)
def block_person_form(person_id: int) -> ResponseReturnValue:
    """Let nobody in with an account."""
    form = Form(ReasonSchema())
    if form.perform(partial(block_person, zone_id=current_zone().id, person_id=person_id)):
        flash(_("The account is blocked."), "success")
        return redirect(url_for("admin.account", person_id=person_id))
    return _account(person_id, form)


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
    return _account(person_id, Form(ReasonSchema(), {}), secret)


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


def _account(person_id: int, form: Form, secret: str | None = None) -> tuple[str, int]:
    person = get_account(snapshot(), current_zone().id, person_id)
    link = link_of(snapshot(), person_id, now=clock.now())
    page = render_template(
        "people/admin/account.html",
        form=form,
        person=person,
        grants=grants_of(snapshot(), person_id),
        mandates=valid_mandates(snapshot(), person_id, at=clock.now()),
        role_names=ROLE_NAMES,
        link=link,
        confirmed=link is not None and is_confirmed(snapshot(), link),
        why_not=link
        and why_not_confirm_link(snapshot(), link, actor().person_id, zone_id=current_zone().id),
        needs_second=needs_second(snapshot(), person_id),
        address=url_for("people.choose_password", chiave=secret, _external=True)
        if secret
        else None,
    )
    return page, form.status
