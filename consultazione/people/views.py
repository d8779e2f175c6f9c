"""Pages of accounts: registration, sign-in, profile, password, API tokens."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.db import Transaction
from consultazione.core.permissions import ROLE_NAMES, acting_person
from consultazione.core.scopes import Scope
from consultazione.people.blueprint import pages
from consultazione.people.commands.accounts import (
    AddressTaken,
    change_password,
    register,
    sign_in,
    sign_out,
    sign_out_elsewhere,
)
from consultazione.people.commands.tokens import USUAL_DAYS, create_token, delete_token
from consultazione.people.credentials.identity_proof import (
    CHANGING_PASSWORD,
    credentials_by_email,
    credentials_of,
    prove_for_sign_in,
    proving,
)
from consultazione.people.credentials.new_password import NewPassword, choose_password
from consultazione.people.gateway.queries import identity_of
from consultazione.people.labels import SCOPE_NAMES, SIGNED_IN_BY, duration, token_spans
from consultazione.people.lifetimes import lifetime_of
from consultazione.people.models import Person, SignedInBy
from consultazione.people.queries import sign_ins_of, tokens_of, valid_mandates
from consultazione.people.schemas import (
    ChangePasswordSchema,
    RegisterSchema,
    SignInSchema,
    TokenSchema,
)
from consultazione.people.second_step.first_step import FirstStep
from consultazione.people.second_step.queries import second_step_of
from consultazione.people.second_step.sign_in_views import (
    enter,
    go_on_to_second_step,
    sending_device,
    ways_in,
)
from consultazione.people.secret_tokens import digest_of
from consultazione.people.speaking.offered_views import own_voices
from consultazione.people.user_agent import describe
from consultazione.plan.fates import fates
from consultazione.proposals.queries import proposals_of
from consultazione.sittings.polls.sentences import own_choice_of
from consultazione.sittings.polls.voters.own_votes import own_votes
from consultazione.sittings.record.commitments import awaited_commitments
from consultazione.web import auth
from consultazione.web.current_zone import current_place
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, read, renew_snapshot, snapshot, transaction
from consultazione.web.security import WRITING, limiter, registers
from consultazione.web.sign_in.brakes import attempt_to_sign_in
from consultazione.web.sign_in.confirming import confirmed_by_actor
from consultazione.web.sign_in.gateway import has_gateway
from consultazione.web.sign_in.mail_limits import mails_to, typed_address
from consultazione.zones.models import Zone
from consultazione.zones.queries import zones_by_id

# For the templates of every feature: in whose name the reader can act.
pages.add_app_template_global(own_voices, "own_voices")
# The address of a registration, so that the sign-in need not ask for it again.
_ADDRESS = "address"
_PROPOSALS_SHOWN = 20
_VOTES_SHOWN = 20
_NEW_TOKEN = {"scopes": [Scope.READ.value], "days": USUAL_DAYS}


@pages.route("/registrati", methods=["GET", "POST"], endpoint="register")
@registers
@mails_to(typed_address)
def register_page() -> ResponseReturnValue:
    """Open an account, unless there is one with the address, and tell nobody which it was."""
    if actor().is_signed_in:
        return auth.go_next(url_for("people.profile"))
    form = Form(RegisterSchema())
    if form.perform(_register_quietly, before=_chosen):
        session[_ADDRESS] = form.values["email"]
        flash(
            _(
                "If this address had no account, it has one now: sign in with it. If it had one"
                " before, the password is still that of then. We have written to it: open the link"
                " in the mail, and you can write and vote."
            ),
            "success",
        )
        return redirect(url_for("people.sign_in", next=request.args.get("next")))
    return render_template("people/register.html", form=form), form.status, form.headers


@pages.route("/accedi", methods=["GET", "POST"], endpoint="sign_in")
def sign_in_page() -> ResponseReturnValue:
    """Sign in with an e-mail address and a password."""
    if actor().is_signed_in:
        return auth.go_next(url_for("people.profile"))
    form = Form(SignInSchema(), {"email": session.pop(_ADDRESS, "")})
    done = form.perform(partial(sign_in, device=sending_device()), before=_proved)
    if isinstance(done, FirstStep):
        return go_on_to_second_step(done)
    if done and (answer := enter(done)):
        return answer
    page = render_template("people/sign_in.html", form=form, **ways_in())
    return page, form.status, form.headers


@pages.post("/esci", endpoint="sign_out")
def sign_out_button() -> ResponseReturnValue:
    """Sign this browser out."""
    by = None
    with transaction() as tx:
        if actor().is_signed_in:
            by = sign_out(tx, key=auth.current_key())
    auth.forget()
    if by is SignedInBy.GATEWAY and has_gateway():
        return redirect(url_for("people.signed_out_of_gateway"))
    where = "zones.path" if current_place().is_only else "home.index"
    return redirect(url_for(where))


@pages.get("/profilo")
@auth.sign_in_required
def profile() -> ResponseReturnValue:
    """The account page: mandates, signed-in browsers, API tokens."""
    return _profile(Form(ChangePasswordSchema()), Form(TokenSchema(), _NEW_TOKEN))


@pages.post("/profilo/password", endpoint="change_password")
@limiter.limit(WRITING)
@auth.sign_in_required
def change_password_form() -> ResponseReturnValue:
    """Change the password, sign out other browsers and withdraw the API tokens."""
    form = Form(ChangePasswordSchema())
    if form.perform(partial(change_password, key=auth.current_key()), before=_proved_and_chosen):
        flash(
            _("The password is changed; other browsers are signed out, keys withdrawn."),
            "success",
        )
        return redirect(url_for("people.profile"))
    return _profile(form, Form(TokenSchema(), _NEW_TOKEN))


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


def _chosen(*, email: str, display_name: str, password: str) -> Mapping[str, object]:
    """The fields of a registration, with the password checked and hashed."""
    chosen = choose_password(password, display_name=display_name, email=email)
    return {"email": email, "display_name": display_name, "password": chosen}


def _register_quietly(
    tx: Transaction, *, email: str, display_name: str, password: NewPassword
) -> bool:
    with suppress(AddressTaken):
        language = str(get_locale())
        register(tx, email=email, display_name=display_name, password=password, language=language)
    return True


def _proved(*, email: str, password: str) -> Mapping[str, object]:
    """The proof that a password is that of an account, tried as often as the brakes allow."""
    with attempt_to_sign_in(email) as attempt:
        credentials = read(partial(credentials_by_email, email=email))
        proof = prove_for_sign_in(credentials, password, at_the_front=attempt.at_the_front)
    return {"proof": proof}


def _proved_and_chosen(*, password: str, new_password: str) -> Mapping[str, object]:
    """The proof that the present password is the actor's, and the new one checked and hashed."""
    person_id = acting_person(actor())
    person = read(lambda session: session.get_one(Person, person_id))
    name, email = person.display_name, person.email or ""
    proof = confirmed_by_actor(credentials_of, proving(password, purpose=CHANGING_PASSWORD))
    chosen = choose_password(new_password, display_name=name, email=email, field="new_password")
    return {"proof": proof, "new_password": chosen}


def _profile(
    password_form: Form, token_form: Form, token: str | None = None
) -> tuple[str, int, dict[str, str]]:
    person_id = actor().person_id or 0
    proposals = proposals_of(snapshot(), person_id, limit=_PROPOSALS_SHOWN)
    page = render_template(
        "people/profile.html",
        password_form=password_form,
        token_form=token_form,
        token=token,
        mandates=valid_mandates(snapshot(), person_id, at=clock.now()),
        offices=_offices(),
        role_names=ROLE_NAMES,
        sign_ins=sign_ins_of(snapshot(), person_id),
        lifetime=lifetime_of(actor()),
        second_step=second_step_of(snapshot(), person_id),
        signed_in_by=SIGNED_IN_BY,
        has_gateway=has_gateway(),
        gateway_identity=identity_of(snapshot(), person_id),
        tokens=tokens_of(snapshot(), person_id),
        proposals=proposals,
        fates=fates(snapshot(), proposals),
        votes=own_votes(snapshot(), person_id, limit=_VOTES_SHOWN),
        choice_of=own_choice_of,
        commitments=awaited_commitments(snapshot(), None, person_id, at=clock.now()),
        today=clock.today(),
        this_browser=digest_of(auth.current_key()),
        now=clock.now(),
        scope_names=SCOPE_NAMES,
        spans=token_spans(),
        describe=describe,
        duration=duration,
    )
    return page, max(password_form.status, token_form.status), password_form.headers


def _offices() -> list[tuple[Role, Zone]]:
    """The roles of the person in zones, each with the zone in which they have it."""
    grants = actor().grants | actor().held_back
    held = sorted({(g.zone_id, g.role) for g in grants if g.zone_id is not None})
    zones = zones_by_id(snapshot(), {zone_id for zone_id, _role in held})
    return [(role, zones[zone_id]) for zone_id, role in held]
