"""Pages of signing in: the second of two steps, and the way in by a passkey alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.people.blueprint import pages
from consultazione.people.models import SignedInBy
from consultazione.people.passkeys.ceremony import options_to_use, used
from consultazione.people.passkeys.challenges import asked_at, new_word
from consultazione.people.passkeys.queries import known_by_answer, known_passkeys
from consultazione.people.queries import signed_in
from consultazione.people.second_step.commands.signing_in import finish_sign_in, sign_in_by_passkey
from consultazione.people.second_step.first_step import FirstStep, step_in, word_of
from consultazione.people.second_step.proofs import (
    SecondProof,
    enrolled_of,
    passkey_subject,
    prove_by_code,
    prove_by_passkey,
)
from consultazione.people.second_step.queries import second_step_of
from consultazione.people.second_step.rules import asked_from
from consultazione.people.second_step.schemas import CodeSchema, PasskeySignInSchema
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.oversight.security_log import Kind, note
from consultazione.web.request_db import actor, read, release_snapshot, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.brakes import attempt_second_step
from consultazione.web.sign_in.gateway import has_gateway
from consultazione.web.sign_in.site_keys import origin, site_keys

_FIRST_STEP = "first_step"
_BY_PASSKEY = "sign in"


def sending_device() -> str:
    """What the browser calls itself."""
    return request.headers.get("User-Agent", "")[:300]


def ways_in() -> Mapping[str, object]:
    """What the page of the sign-in offers beside the password: a passkey, and SPID and CIE."""
    word = new_word(site_keys(), _BY_PASSKEY)
    return {
        "word": word,
        "options": options_to_use(word, (), origin=origin()),
        "passkey_form": Form(PasskeySignInSchema(), {}),
        "has_gateway": has_gateway(),
    }


def enter(key: str, *, next_url: str | None = None) -> Response | None:
    """Keep the key of a new sign-in in the browser, and go where its person wanted to go.

    Whoever has a role that asks for a second step, and none, is led to set it up first; whoever
    came to link SPID or CIE goes on with that. next_url: where else, than the address says. None
    if the key does not count any more.
    """
    release_snapshot()
    found = signed_in(snapshot(), key)
    if found is None:
        return None
    row, person = found
    subject = session.get(auth.SUBJECT)
    auth.remember(key, row.person_id)
    note(Kind.SIGNED_IN, person_id=row.person_id)
    target = next_url or request.args.get("next")
    if subject and row.by is not SignedInBy.GATEWAY:
        session[auth.SUBJECT] = subject
        return redirect(url_for("people.link_gateway"))
    asked = not row.has_two_factors and second_step_of(snapshot(), row.person_id) is None
    if asked and asked_from(snapshot(), person) is not None:
        return redirect(url_for("people.second_step", next=target))
    return redirect(auth.safe_next(target, url_for("home.index")))


def go_on_to_second_step(first: FirstStep) -> Response:
    """Note in the browser's cookie that the password was right, and ask for the second step."""
    session[_FIRST_STEP] = word_of(first, site_keys())
    return redirect(url_for("people.finish_sign_in", next=request.args.get("next")))


@pages.route("/accedi/secondo-passaggio", methods=["GET", "POST"], endpoint="finish_sign_in")
@limiter.limit(WRITING, methods=["POST"])
def finish_sign_in_page() -> ResponseReturnValue:
    """The second step, after the password: a code, a passkey, or a recovery code."""
    if actor().is_signed_in:
        return auth.go_next(url_for("people.profile"))
    first = step_in(session.get(_FIRST_STEP, ""), site_keys())
    if first is None:
        return _begin_anew()
    form = Form(CodeSchema())
    command = partial(finish_sign_in, first=first, device=sending_device())
    key = form.perform(command, before=partial(_proved, first))
    return (enter(key) if key else None) or _second_step(first, form)


@pages.post("/accedi/passkey", endpoint="sign_in_by_passkey")
@limiter.limit(WRITING)
def sign_in_by_passkey_form() -> ResponseReturnValue:
    """Sign in by a passkey that its device offers for this site."""
    form = Form(PasskeySignInSchema())
    key = form.perform(partial(sign_in_by_passkey, device=sending_device()), before=_used)
    if key and (answer := enter(key)):
        return answer
    for message in [*form.errors.get("", []), *form.errors.get("assertion", [])]:
        flash(message, "danger")
    form.tell()
    note(Kind.SIGN_IN_FAILED)
    return redirect(url_for("people.sign_in", next=request.args.get("next")))


def _begin_anew() -> Response:
    flash(_("Ten minutes have passed, or this browser keeps no cookies: begin anew."), "info")
    return redirect(url_for("people.sign_in", next=request.args.get("next")))


def _proved(first: FirstStep, *, code: str, word: str, assertion: str) -> Mapping[str, object]:
    """The proof of the second step, tried as often as the brakes allow."""
    return {"second": second_proof(first.person_id, code=code, word=word, assertion=assertion)}


def second_proof(person_id: int, *, code: str, word: str, assertion: str) -> SecondProof:
    """The proof that somebody has their app, a recovery code or a passkey, slowed by the brakes."""
    enrolled = read(partial(enrolled_of, person_id=person_id))
    with attempt_second_step(person_id) as attempt:
        front = attempt.at_the_front
        if assertion:
            return prove_by_passkey(
                enrolled,
                assertion,
                word=word,
                origin=origin(),
                keys=site_keys(),
                at_the_front=front,
            )
        return prove_by_code(enrolled, code, keys=site_keys(), at_the_front=front)


def passkey_ways(person_id: int) -> Mapping[str, str]:
    """What a form needs to take a passkey as the second step; nothing without a passkey."""
    known = known_passkeys(snapshot(), person_id)
    if not known:
        return {}
    word = new_word(site_keys(), passkey_subject(person_id))
    return {"word": word, "options": options_to_use(word, known, origin=origin())}


def _used(*, word: str, assertion: str) -> Mapping[str, object]:
    known = read(partial(known_by_answer, answer=assertion))
    found = used(
        known, assertion, word=word, subject=_BY_PASSKEY, origin=origin(), keys=site_keys()
    )
    return {"used": found, "asked_at": asked_at(word, site_keys())}


def _second_step(first: FirstStep, form: Form) -> ResponseReturnValue:
    renew_snapshot()
    step = second_step_of(snapshot(), first.person_id)
    page = render_template(
        "people/second_step/sign_in.html",
        form=form,
        by_app=step is not None and step.secret is not None,
        **passkey_ways(first.person_id),
    )
    return page, form.status, {**form.headers, "Cache-Control": "no-store"}
