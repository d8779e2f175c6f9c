"""Pages of invitations: the list with a form for one, and the page that a link leads to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.permissions import ROLE_NAMES, Permission
from consultazione.people.blueprint import admin, pages
from consultazione.people.commands.roles import GIVEN_ROLES
from consultazione.people.credentials.new_password import choose_password
from consultazione.people.invitations.commands import (
    Accepted,
    accept_invitation,
    invite_people,
    send_invitation_again,
    withdraw_invitation,
)
from consultazione.people.invitations.queries import count_open, invitation_of, open_invitations
from consultazione.people.invitations.rows import invitee
from consultazione.people.invitations.schemas import AcceptSchema, InviteSchema
from consultazione.people.queries import organisations
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import current_cycle, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, read, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.mail_limits import mails_to, typed_address
from consultazione.web.url_converters import asked_id
from consultazione.zones.queries import zones_by_id

A_PAGE = 50


@admin.route("/inviti", methods=["GET", "POST"], endpoint="invitations")
@limiter.limit(WRITING, methods=["POST"])
@mails_to(typed_address)
@auth.permission_required(Permission.INVITE_PEOPLE)
def invitations_page() -> ResponseReturnValue:
    """The invitations that nobody has used yet, with the form that invites one person."""
    form = Form(InviteSchema())
    invite = partial(invite_people, zone_id=current_zone().id, tables=named_tables())
    if form.perform(invite, before=_one):
        flash(_("The invitation is on its way."), "success")
        return redirect(url_for("admin.invitations"))
    zone_id, before = current_zone().id, asked_id("prima")
    shown, last = paged(
        open_invitations(snapshot(), zone_id, before=before, limit=A_PAGE + 1), A_PAGE
    )
    page = render_template(
        "people/admin/invitations.html",
        form=form,
        invitations=shown,
        count=count_open(snapshot(), zone_id),
        next_url=url_for("admin.invitations", prima=last.id) if last else None,
        organisations=[(o.name, o.name) for o in organisations(snapshot(), zone_id, standing=True)],
        roles=[(role.value.replace("_", " "), ROLE_NAMES[role]) for role in GIVEN_ROLES],
        role_names=ROLE_NAMES,
        tables=[(name, name) for name, _table_id in named_tables()],
        now=clock.now(),
    )
    return page, form.status, form.headers


def named_tables() -> list[tuple[str, int]]:
    """The tables of the current cycle, by the names that a list may say."""
    return [(table.name, table.id) for table in tables(snapshot(), current_cycle().id)]


def _one(**said: str) -> Mapping[str, object]:
    return {"found": [invitee(0, said)]}


@admin.post("/inviti/<int:invitation_id>/rimanda", endpoint="send_invitation_again")
@limiter.limit(WRITING)
@auth.permission_required(Permission.SEND_INVITATION_AGAIN)
def send_again_button(invitation_id: int) -> ResponseReturnValue:
    """Send an invitation once more."""
    command = partial(send_invitation_again, zone_id=current_zone().id, invitation_id=invitation_id)
    return act(command, done=_("The invitation is on its way."), to=url_for("admin.invitations"))


@admin.post("/inviti/<int:invitation_id>/ritira", endpoint="withdraw_invitation")
@limiter.limit(WRITING)
@auth.permission_required(Permission.WITHDRAW_INVITATION)
def withdraw_button(invitation_id: int) -> ResponseReturnValue:
    """Withdraw an invitation."""
    command = partial(withdraw_invitation, zone_id=current_zone().id, invitation_id=invitation_id)
    done = _("The invitation is withdrawn, and the address forgotten.")
    return act(command, done=done, to=url_for("admin.invitations"))


@pages.route("/invito", methods=["GET", "POST"], endpoint="accept_invitation")
@limiter.limit(WRITING, methods=["POST"])
def accept_page() -> ResponseReturnValue:
    """Open the account of an invitation; the secret stands in the query, which no log holds."""
    if actor().is_signed_in:
        return render_template("people/invitation_signed_in.html")
    form = Form(AcceptSchema(), {"secret": request.args.get("chiave", "")})
    accepted = form.perform(partial(accept_invitation, language=str(get_locale())), before=_chosen)
    return _opened(accepted) if accepted else _accepting(form)


def _opened(accepted: Accepted) -> ResponseReturnValue:
    """Say that the account is open, and what of the promised was not given."""
    flash(_("Your account is open: sign in with your address and password."), "success")
    for reason in accepted.not_given:
        flash(_("Part of the invitation does not count any more. Ask who sent it. %(reason)s",
                reason=reason), "warning")  # fmt: skip
    return redirect(url_for("people.sign_in"))


def _accepting(form: Form) -> ResponseReturnValue:
    session = renew_snapshot()
    found = invitation_of(session, str(form.values.get("secret", "")), now=clock.now())
    form.values.setdefault("display_name", found.display_name or "")
    page = render_template(
        "people/accept_invitation.html",
        form=form,
        invitation=found,
        zone=zones_by_id(session, {found.zone_id})[found.zone_id],
        role_names=ROLE_NAMES,
    )
    return page, form.status, {"Cache-Control": "no-store"}


def _chosen(*, secret: str, display_name: str, password: str) -> Mapping[str, object]:
    """The fields, with the password checked for whom the invitation is for, and hashed."""
    email = read(lambda session: invitation_of(session, secret, now=clock.now()).email or "")
    chosen = choose_password(password, display_name=display_name, email=email)
    return {"secret": secret, "display_name": display_name, "password": chosen}
