"""The pages of a forgotten password: asking for a link, and choosing another by it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.people.blueprint import pages
from consultazione.people.commands.password_links import ask_for_password_link, use_password_link
from consultazione.people.credentials.new_password import choose_password
from consultazione.people.credentials.password_links import find_link, is_confirmed
from consultazione.people.models import Person
from consultazione.people.schemas import ForgottenPasswordSchema, NewPasswordSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import read, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.mail_limits import mails_to, typed_address

_FROM_A_NETWORK = "30 per hour"


@pages.route("/password-dimenticata", methods=["GET", "POST"], endpoint="forgotten_password")
@limiter.limit(_FROM_A_NETWORK, methods=["POST"])
@mails_to(typed_address)
def forgotten_password_page() -> ResponseReturnValue:
    """Ask for a link by mail; the answer is the same whether or not there is an account."""
    form = Form(ForgottenPasswordSchema())
    form.perform(partial(ask_for_password_link, language=str(get_locale())))
    asked = request.method == "POST" and not form.errors
    page = render_template("people/forgotten_password.html", form=form, asked=asked)
    return page, form.status, form.headers


@pages.route("/password", methods=["GET", "POST"], endpoint="choose_password")
@limiter.limit(WRITING, methods=["POST"])
def choose_password_page() -> ResponseReturnValue:
    """Choose another password; the secret stands in the query, which no log of ours holds."""
    form = Form(NewPasswordSchema(), {"secret": request.args.get("chiave", "")})
    if form.perform(use_password_link, before=_chosen):
        flash(_("Your password is changed: sign in with it."), "success")
        return redirect(url_for("people.sign_in"))
    secret = str(form.values.get("secret", ""))
    link = find_link(snapshot(), secret, now=clock.now())
    page = render_template(
        "people/choose_password.html",
        form=form,
        name=snapshot().get_one(Person, link.person_id).display_name,
        confirmed=is_confirmed(snapshot(), link),
    )
    return page, form.status, {"Cache-Control": "no-store"}


def _chosen(*, secret: str, new_password: str) -> Mapping[str, object]:
    """The secret, with the password checked for the person whom the link is for, and hashed."""
    name, email = read(partial(_owner, secret=secret))
    chosen = choose_password(new_password, display_name=name, email=email, field="new_password")
    return {"secret": secret, "new_password": chosen}


def _owner(session: Session, *, secret: str) -> tuple[str, str]:
    link = find_link(session, secret, now=clock.now())
    person = session.get_one(Person, link.person_id)
    return person.display_name, person.email or ""
