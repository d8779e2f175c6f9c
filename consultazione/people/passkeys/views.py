"""The page of a person's passkeys: which there are, adding one, removing one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import acting_person
from consultazione.people.blueprint import pages
from consultazione.people.credentials.identity_proof import credentials_of, prove_again
from consultazione.people.passkeys.ceremony import made, options_to_make
from consultazione.people.passkeys.challenges import new_word
from consultazione.people.passkeys.commands import ADDING, add_passkey, remove_passkey
from consultazione.people.passkeys.queries import known_passkeys, passkeys_of
from consultazione.people.passkeys.schemas import PasskeySchema
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, read, renew_snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.brakes import attempt_to_confirm
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
    person_id = acting_person(actor())
    credentials = read(partial(credentials_of, person_id=person_id))
    with attempt_to_confirm(person_id) as attempt:
        proof = prove_again(
            credentials, password, purpose=ADDING, at_the_front=attempt.at_the_front
        )
    new = made(assertion, word=word, subject=_subject(person_id), origin=origin(), keys=site_keys())
    return {"made": new, "label": label, "proof": proof}


def _page(form: Form) -> ResponseReturnValue:
    session, person_id = renew_snapshot(), acting_person(actor())
    word = new_word(site_keys(), _subject(person_id))
    known = known_passkeys(session, person_id)
    name = actor().display_name
    page = render_template(
        "people/passkeys.html",
        form=form,
        passkeys=passkeys_of(session, person_id),
        word=word,
        options=options_to_make(word, known, origin=origin(), person_id=person_id, name=name),
    )
    return page, form.status, form.headers


def _subject(person_id: int) -> str:
    return f"person {person_id}"
