"""A lost second step: the administrator's button, and the page of the link."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.permissions import Permission
from consultazione.people.account_views import account_answer
from consultazione.people.blueprint import admin, pages
from consultazione.people.credentials.identity_proof import credentials_of, prove_again
from consultazione.people.credentials.password_links import find_link, is_confirmed
from consultazione.people.models import Person, Resets
from consultazione.people.second_step.commands.links import (
    RESETTING,
    make_second_step_link,
    use_second_step_link,
)
from consultazione.people.second_step.schemas import LostSecondStepSchema
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.fields import NoFieldsSchema, ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import read, renew_snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.brakes import attempt_second_step


@admin.post("/persone/<int:person_id>/secondo-passaggio", endpoint="make_second_step_link")
@limiter.limit(WRITING)
@auth.permission_required(Permission.MAKE_SECOND_STEP_LINK)
def make_link_button(person_id: int) -> ResponseReturnValue:
    """Make a link for a lost second step, and show it this once."""
    form = Form(NoFieldsSchema())
    command = partial(make_second_step_link, zone_id=current_zone().id, person_id=person_id)
    secret = form.perform(command)
    renew_snapshot()
    for message in form.errors.get("", []):
        flash(message, "danger")
    address = secret and url_for("people.lost_second_step", chiave=secret, _external=True)
    return account_answer(person_id, Form(ReasonSchema(), {}), step_address=address)


@pages.route("/secondo-passaggio", methods=["GET", "POST"], endpoint="lost_second_step")
@limiter.limit(WRITING, methods=["POST"])
def lost_second_step_page() -> ResponseReturnValue:
    """Go on without the second step, by a link and the password."""
    form = Form(LostSecondStepSchema(), {"secret": request.args.get("chiave", "")})
    if form.perform(use_second_step_link, before=_proved):
        flash(
            _("The second step is off: sign in with your password, and set it up anew."), "success"
        )
        return redirect(url_for("people.sign_in"))
    secret = str(form.values.get("secret", ""))
    session = renew_snapshot()
    link = find_link(session, secret, now=clock.now(), resets=Resets.SECOND_STEP)
    page = render_template(
        "people/second_step/lost.html",
        form=form,
        name=session.get_one(Person, link.person_id).display_name,
        confirmed=is_confirmed(session, link),
    )
    return page, form.status, {**form.headers, "Cache-Control": "no-store"}


def _proved(*, secret: str, password: str) -> Mapping[str, object]:
    """The proof of the password, tried as often as the brakes of the second step allow."""
    person_id = read(partial(_owner, secret=secret))
    credentials = read(partial(credentials_of, person_id=person_id))
    with attempt_second_step(person_id) as attempt:
        front = attempt.at_the_front
        proof = prove_again(credentials, password, purpose=RESETTING, at_the_front=front)
    return {"secret": secret, "proof": proof}


def _owner(session: Session, *, secret: str) -> int:
    return find_link(session, secret, now=clock.now(), resets=Resets.SECOND_STEP).person_id
