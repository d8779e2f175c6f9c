"""The page of one's own second step: setting it up, turning it off, other recovery codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import acting_person
from consultazione.people.blueprint import pages
from consultazione.people.credentials.identity_proof import (
    IdentityProof,
    credentials_of,
    proving,
)
from consultazione.people.models import Person
from consultazione.people.second_step.codes import app_address, app_picture
from consultazione.people.second_step.commands.codes import (
    CHANGING,
    renew_recovery_codes,
    turn_off_second_step,
    turn_on_second_step,
)
from consultazione.people.second_step.enrolling import offered, proved
from consultazione.people.second_step.queries import codes_left, second_step_of
from consultazione.people.second_step.rules import asked_from
from consultazione.people.second_step.schemas import AppSchema, ChangeSchema, OnByPasskeySchema
from consultazione.people.second_step.sign_in_views import passkey_ways, second_proof
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.confirming import confirmed_by_actor
from consultazione.web.sign_in.site_keys import site_keys


@pages.get("/profilo/secondo-passaggio", endpoint="second_step")
@auth.sign_in_required
def second_step_page() -> ResponseReturnValue:
    """The second step as it is, with the forms that change it."""
    return _page()


@pages.post("/profilo/secondo-passaggio/app", endpoint="turn_on_by_app")
@limiter.limit(WRITING)
@auth.sign_in_required
def turn_on_by_app_form() -> ResponseReturnValue:
    """Turn it on with an app; the recovery codes are shown this once."""
    form = Form(AppSchema())
    command = partial(turn_on_second_step, key=auth.current_key())
    codes = form.perform(command, before=_with_app)
    return _codes(codes) if codes else _page(app_form=form)


@pages.post("/profilo/secondo-passaggio/passkey", endpoint="turn_on_by_passkey")
@limiter.limit(WRITING)
@auth.sign_in_required
def turn_on_by_passkey_form() -> ResponseReturnValue:
    """Turn it on with the passkeys that are there; the recovery codes are shown this once."""
    form = Form(OnByPasskeySchema())
    command = partial(turn_on_second_step, app=None, key=auth.current_key())
    codes = form.perform(command, before=_by_password)
    return _codes(codes) if codes else _page(passkey_form=form)


@pages.post("/profilo/secondo-passaggio/togli", endpoint="turn_off_second_step")
@limiter.limit(WRITING)
@auth.sign_in_required
def turn_off_form() -> ResponseReturnValue:
    """Turn it off: the password, and a code or a passkey."""
    form = Form(ChangeSchema())
    form.perform(turn_off_second_step, before=_by_both)
    if not form.errors:
        flash(_("The second step is off: you sign in with your password alone."), "success")
        return redirect(url_for("people.second_step"))
    return _page(off_form=form)


@pages.post("/profilo/secondo-passaggio/codici", endpoint="renew_recovery_codes")
@limiter.limit(WRITING)
@auth.sign_in_required
def renew_codes_form() -> ResponseReturnValue:
    """Other recovery codes, shown this once."""
    form = Form(ChangeSchema())
    codes = form.perform(renew_recovery_codes, before=_by_both)
    return _codes(codes) if codes else _page(codes_form=form)


def _with_app(*, word: str, code: str, password: str) -> Mapping[str, object]:
    """The proof of the password, and the app of which a code was right."""
    app = proved(word, code, keys=site_keys(), person_id=acting_person(actor()))
    return {"app": app, "proof": _proof(password)}


def _by_password(*, password: str) -> Mapping[str, object]:
    return {"proof": _proof(password)}


def _by_both(*, password: str, code: str, word: str, assertion: str) -> Mapping[str, object]:
    proof = _proof(password)
    person_id = acting_person(actor())
    second = second_proof(person_id, code=code, word=word, assertion=assertion)
    return {"proof": proof, "second": second}


def _proof(password: str) -> IdentityProof:
    return confirmed_by_actor(credentials_of, proving(password, purpose=CHANGING))


def _codes(codes: Sequence[str]) -> ResponseReturnValue:
    """The recovery codes, this once. No browser and no cache keeps a page of somebody signed in."""
    next_url = auth.safe_next(request.args.get("next"), url_for("people.profile"))
    return render_template("people/second_step/codes.html", codes=codes, next_url=next_url)


def _page(**sent: Form) -> ResponseReturnValue:
    session, person_id = renew_snapshot(), acting_person(actor())
    step = second_step_of(session, person_id)
    forms = {
        "app_form": Form(AppSchema(), {}),
        "passkey_form": Form(OnByPasskeySchema(), {}),
        "off_form": Form(ChangeSchema(), {}),
        "codes_form": Form(ChangeSchema(), {}),
        **sent,
    }
    for name in forms.keys() - sent.keys():
        forms[name].values = {}
    shown = _state(person_id) if step else _offer(session.get_one(Person, person_id), forms)
    page = render_template(
        "people/second_step/page.html",
        step=step,
        asked_from=asked_from(snapshot(), actor()),
        next=auth.safe_next(request.args.get("next"), url_for("home.index")),
        **forms,
        **shown,
    )
    status = max(form.status for form in sent.values()) if sent else 200
    headers = next(iter(sent.values())).headers if sent else {}
    return page, status, headers


def _state(person_id: int) -> Mapping[str, object]:
    return {"left": codes_left(snapshot(), person_id), "passkey": passkey_ways(person_id)}


def _offer(person: Person, forms: Mapping[str, Form]) -> Mapping[str, object]:
    """The secret of a new app, as a QR code and as text."""
    offer = offered(site_keys(), person.id, str(forms["app_form"].values.get("word", "")))
    address = app_address(offer.secret, person.email or person.display_name)
    groups = [offer.secret[at : at + 4] for at in range(0, len(offer.secret), 4)]
    return {
        "offer": offer,
        "groups": " ".join(groups),
        "address": address,
        "picture": app_picture(address),
        "has_passkeys": bool(passkey_ways(person.id)),
    }
