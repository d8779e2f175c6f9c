"""Pages of accounts: registration, sign-in, profile, password, API tokens."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.people.blueprint import pages
from consultazione.people.commands.accounts import (
    change_password,
    register,
    sign_in,
    sign_out,
    sign_out_elsewhere,
    start_sign_in,
)
from consultazione.people.commands.tokens import create_token, delete_token
from consultazione.people.queries import sign_ins_of, tokens_of, valid_mandates
from consultazione.people.schemas import (
    ChangePasswordSchema,
    RegisterSchema,
    SignInSchema,
    TokenSchema,
)
from consultazione.people.secret_tokens import digest_of
from consultazione.people.user_agent import describe
from consultazione.web import auth, security_log
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot, transaction
from consultazione.web.security import GUESSING, SIGNING_IN, WRITING, limiter
from consultazione.web.security_log import Kind


def _account() -> str:
    """The rate limit's key: the account that is being signed in to, not the sender's address."""
    return f"account:{request.form.get('email', '').strip().lower()[:254]}"


def _was_refused(response: Response) -> bool:
    return response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pages.route("/registrati", methods=["GET", "POST"], endpoint="register")
@limiter.limit(SIGNING_IN, methods=["POST"])
def register_page() -> ResponseReturnValue:
    """Open an account and sign in with it."""
    if actor().is_signed_in:
        return auth.go_next(url_for("people.profile"))
    form = Form(RegisterSchema())
    key = form.perform(_register_and_sign_in)
    if key:
        auth.remember(key)
        flash(_("Welcome: your account is open."), "success")
        return auth.go_next(url_for("people.profile"))
    return render_template("people/register.html", form=form), form.status


@pages.route("/accedi", methods=["GET", "POST"], endpoint="sign_in")
@limiter.limit(SIGNING_IN, methods=["POST"])
@limiter.limit(GUESSING, methods=["POST"], key_func=_account, deduct_when=_was_refused)
def sign_in_page() -> ResponseReturnValue:
    """Sign in with an e-mail address and a password."""
    if actor().is_signed_in:
        return auth.go_next(url_for("people.profile"))
    form = Form(SignInSchema())
    key = form.perform(partial(sign_in, device=_device()))
    _note_sign_in(form, key)
    if key:
        auth.remember(key)
        return auth.go_next(url_for("home.show"))
    return render_template("people/sign_in.html", form=form), form.status


@pages.post("/esci", endpoint="sign_out")
def sign_out_button() -> ResponseReturnValue:
    """Sign this browser out."""
    with transaction() as tx:
        if actor().is_signed_in:
            sign_out(tx, key=auth.current_key())
    auth.forget()
    return redirect(url_for("zones.path"))


@pages.get("/profilo")
@auth.sign_in_required
def profile() -> ResponseReturnValue:
    """The account page: mandates, signed-in browsers, API tokens."""
    return _profile(Form(ChangePasswordSchema()), Form(TokenSchema()))


@pages.post("/profilo/password", endpoint="change_password")
@limiter.limit(SIGNING_IN)
@auth.sign_in_required
def change_password_form() -> ResponseReturnValue:
    """Change the password, sign out other browsers and withdraw the API tokens."""
    form = Form(ChangePasswordSchema())
    if form.perform(partial(change_password, key=auth.current_key())):
        flash(
            _("The password is changed; other browsers are signed out, keys withdrawn."),
            "success",
        )
        return redirect(url_for("people.profile"))
    return _profile(form, Form(TokenSchema(), {}))


@pages.post("/profilo/altri-accessi", endpoint="sign_out_elsewhere")
@limiter.limit(WRITING)
@auth.sign_in_required
def sign_out_elsewhere_button() -> ResponseReturnValue:
    """Sign every other browser out."""
    done = _("All other browsers were signed out.")
    command = partial(sign_out_elsewhere, key=auth.current_key())
    return act(command, done=done, to=url_for("people.profile"))


@pages.post("/profilo/chiavi", endpoint="create_token")
@limiter.limit(WRITING)
@auth.sign_in_required
def create_token_form() -> ResponseReturnValue:
    """Issue an API token and show its secret this once."""
    form = Form(TokenSchema())
    token = form.perform(partial(create_token, person_id=actor().person_id or 0))
    renew_snapshot()
    return _profile(Form(ChangePasswordSchema(), {}), form, token)


@pages.post("/profilo/chiavi/<int:token_id>/elimina", endpoint="delete_token")
@limiter.limit(WRITING)
@auth.sign_in_required
def delete_token_button(token_id: int) -> ResponseReturnValue:
    """Withdraw an API token."""
    command = partial(delete_token, token_id=token_id)
    return act(command, done=_("The key is withdrawn."), to=url_for("people.profile"))


def _note_sign_in(form: Form, key: str | None) -> None:
    if request.method == "POST" and (key or "" in form.errors):
        kind = Kind.SIGNED_IN if key else Kind.SIGN_IN_FAILED
        security_log.note(kind, account=request.form.get("email", ""))


def _register_and_sign_in(tx: Transaction, *, email: str, display_name: str, password: str) -> str:
    person = register(tx, email=email, display_name=display_name, password=password)
    return start_sign_in(tx, person_id=person.id, device=_device())


def _profile(password_form: Form, token_form: Form, token: str | None = None) -> tuple[str, int]:
    person_id = actor().person_id or 0
    page = render_template(
        "people/profile.html",
        password_form=password_form,
        token_form=token_form,
        token=token,
        mandates=valid_mandates(snapshot(), person_id, on=clock.today()),
        sign_ins=sign_ins_of(snapshot(), person_id),
        tokens=tokens_of(snapshot(), person_id),
        this_browser=digest_of(auth.current_key()),
        describe=describe,
    )
    return page, max(password_form.status, token_form.status)


def _device() -> str:
    return request.headers.get("User-Agent", "")[:300]
