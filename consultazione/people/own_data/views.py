"""The page on which people change their own name and address; ending one of their sign-ins."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import acting_person
from consultazione.people.blueprint import pages
from consultazione.people.commands.accounts import change_own_name, end_sign_in
from consultazione.people.commands.addresses import ask_to_change_address
from consultazione.people.credentials.identity_proof import (
    CHANGING_ADDRESS,
    credentials_of,
    proving,
)
from consultazione.people.models import Person
from consultazione.people.schemas import EndSignInSchema, OwnAddressSchema, OwnNameSchema
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.confirming import confirmed_by_actor
from consultazione.web.sign_in.mail_limits import mails_to, typed_address

_MAILS = "5 per hour"


@pages.get("/profilo/dati", endpoint="own_data")
@auth.sign_in_required
def own_data_page() -> ResponseReturnValue:
    """How one is called, and where one gets mail."""
    return _page(_name_form(), Form(OwnAddressSchema()))


@pages.post("/profilo/nome", endpoint="change_own_name")
@limiter.limit(WRITING)
@auth.sign_in_required
def change_own_name_form() -> ResponseReturnValue:
    """Change one's own name."""
    form = Form(OwnNameSchema())
    if form.perform(change_own_name):
        flash(_("Your name is changed."), "success")
        return redirect(url_for("people.profile"))
    return _page(form, Form(OwnAddressSchema(), {}))


@pages.post("/profilo/indirizzo", endpoint="ask_to_change_address")
@limiter.limit(_MAILS)
@mails_to(typed_address)
@auth.sign_in_required
def ask_to_change_address_form() -> ResponseReturnValue:
    """Ask for a mail to another address, which counts once it is confirmed."""
    form = Form(OwnAddressSchema())
    form.perform(ask_to_change_address, before=_proved)
    if not form.errors:
        flash(
            _("If nobody else has this address, a mail is on its way to it: open its link."),
            "success",
        )
        return redirect(url_for("people.own_data"))
    name_form = Form(OwnNameSchema(), {})
    name_form.values = _own_name()
    return _page(name_form, form)


@pages.post("/profilo/accessi/termina", endpoint="end_sign_in")
@limiter.limit(WRITING)
@auth.sign_in_required
def end_sign_in_button() -> ResponseReturnValue:
    """Sign one browser out."""
    form = Form(EndSignInSchema())
    form.perform(end_sign_in)
    if not form.errors:
        flash(_("That browser is signed out."), "success")
    return redirect(url_for("people.profile", _anchor="browsers"))


def _name_form() -> Form:
    return Form(OwnNameSchema(), _own_name())


def _own_name() -> dict[str, str]:
    """The name as it was chosen, without the number that tells it from others."""
    person = snapshot().get_one(Person, acting_person(actor()))
    return {"display_name": person.display_name}


def _page(name_form: Form, address_form: Form) -> ResponseReturnValue:
    page = render_template("people/own_data.html", name_form=name_form, address_form=address_form)
    return page, max(name_form.status, address_form.status), address_form.headers


def _proved(*, email: str, password: str) -> Mapping[str, object]:
    proof = confirmed_by_actor(credentials_of, proving(password, purpose=CHANGING_ADDRESS))
    return {"email": email, "proof": proof}
