"""The page of a person's passkeys: which there are, adding one, removing one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import acting_person
from consultazione.people.blueprint import pages
from consultazione.people.credentials.identity_proof import credentials_of, proving
from consultazione.people.passkeys.ceremony import made, options_to_make
from consultazione.people.passkeys.challenges import new_word
from consultazione.people.passkeys.commands import ADDING, add_passkey, remove_passkey
from consultazione.people.passkeys.queries import known, passkeys_of
from consultazione.people.passkeys.schemas import PasskeySchema
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.confirming import confirmed_by_actor
from consultazione.web.sign_in.site_keys import origin, site_keys


@pages.get("/profilo/passkey", endpoint="passkeys")
@auth.sign_in_required
def passkeys_page() -> ResponseReturnValue:
    """The passkeys, and the form for another."""
    return _page(Form(PasskeySchema()))


@pages.post("/profilo/passkey", endpoint="add_passkey")
@limiter.limit(WRITING)
@auth.sign_in_required
def add_passkey_form() -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    form = Form(PasskeySchema())
    if form.perform(add_passkey, before=_proved):
        flash(_("The passkey is added: you can sign with it."), "success")
        return redirect(url_for("people.passkeys"))
    return _page(form)


@pages.post("/profilo/passkey/<int:passkey_id>/rimuovi", endpoint="remove_passkey")
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_passkey_button(passkey_id: int) -> ResponseReturnValue:
    """Remove a passkey."""
    command = partial(remove_passkey, passkey_id=passkey_id)
    return act(command, done=_("The passkey is removed."), to=url_for("people.passkeys"))


def _proved(*, label: str, password: str, word: str, assertion: str) -> Mapping[str, object]:
    """The passkey that was made, and the proof of the password."""
    proof = confirmed_by_actor(credentials_of, proving(password, purpose=ADDING))
    subject = _subject(acting_person(actor()))
    new = made(assertion, word=word, subject=subject, origin=origin(), keys=site_keys())
    return {"made": new, "label": label, "proof": proof}


def _page(form: Form) -> ResponseReturnValue:
    session, person_id = renew_snapshot(), acting_person(actor())
    word = new_word(site_keys(), _subject(person_id))
    passkeys = passkeys_of(session, person_id)
    name = actor().display_name
    page = render_template(
        "people/passkeys.html",
        form=form,
        passkeys=passkeys,
        word=word,
        options=options_to_make(
            word, known(passkeys), origin=origin(), person_id=person_id, name=name
        ),
    )
    return page, form.status, form.headers


def _subject(person_id: int) -> str:
    return f"person {person_id}"
