"""Pages of SPID and CIE: to the gateway and back, a new account, linking one, signing out there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from consultazione.core.errors import Invalid, NotFound, Refusal
from consultazione.people.blueprint import pages
from consultazione.people.credentials.identity_proof import credentials_of, proving
from consultazione.people.gateway.commands.links import LINKING, link_gateway, unlink_gateway
from consultazione.people.gateway.commands.signing_in import (
    register_by_gateway,
    sign_in_by_gateway,
)
from consultazione.people.gateway.levels import ASKED, level_of
from consultazione.people.gateway.queries import is_known
from consultazione.people.gateway.schemas import LinkGatewaySchema, RegisterByGatewaySchema
from consultazione.people.gateway.subjects import Subject, digests_of, subject_in, word_of
from consultazione.people.second_step.sign_in_views import enter, sending_device
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot, transaction
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.confirming import confirmed_by_actor
from consultazione.web.sign_in.gateway import (
    Claims,
    claims_of_return,
    has_gateway,
    lead_there,
    way_out,
)
from consultazione.web.sign_in.site_keys import site_keys

_NEXT = "gateway_next"


@pages.get("/accedi/spid", endpoint="to_gateway")
@limiter.limit("300 per minute")
def to_gateway_page() -> ResponseReturnValue:
    """Lead to the gateway. By a link, since a form may not lead to another host (form-action)."""
    _require_gateway()
    session[_NEXT] = auth.safe_next(request.args.get("next"), "")
    try:
        return lead_there("people.from_gateway", acr_values=ASKED)
    except Refusal as refusal:
        return _back(refusal)


@pages.get("/accedi/spid/ritorno", endpoint="from_gateway")
@limiter.limit("300 per minute")
def from_gateway_page() -> ResponseReturnValue:
    """Back from the gateway: into the account that is linked, or to the choice of one."""
    _require_gateway()
    try:
        subject = _subject(claims_of_return())
        if actor().is_signed_in or not is_known(snapshot(), subject):
            return _to_choice(subject)
        return _signed_in(subject)
    except Refusal as refusal:
        return _back(refusal)


@pages.route("/accedi/spid/account", methods=["GET", "POST"], endpoint="gateway_account")
@limiter.limit(WRITING, methods=["POST"])
def gateway_account_page() -> ResponseReturnValue:
    """For whom SPID or CIE has let in and no account is linked to: a new one, or one's own."""
    subject = _pending()
    if subject is None:
        return _too_late()
    form = Form(RegisterByGatewaySchema(), _told(subject))
    key = form.perform(_registering(subject))
    if key:
        return _welcomed(key)
    page = render_template("people/gateway/account.html", form=form, subject=subject)
    return page, form.status, {**form.headers, "Cache-Control": "no-store"}


@pages.route("/profilo/spid", methods=["GET", "POST"], endpoint="link_gateway")
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def link_gateway_page() -> ResponseReturnValue:
    """Link one's account to SPID or CIE, once the gateway has let its person in."""
    subject = _pending()
    if subject is None:
        return _too_late()
    form = Form(LinkGatewaySchema())
    form.perform(partial(link_gateway, subject=subject), before=_proved)
    if request.method == "POST" and not form.errors:
        return _linked()
    page = render_template("people/gateway/link.html", form=form, subject=subject)
    return page, form.status, form.headers


@pages.post("/profilo/spid/scollega", endpoint="unlink_gateway")
@limiter.limit(WRITING)
@auth.sign_in_required
def unlink_gateway_button() -> ResponseReturnValue:
    """Unlink one's account."""
    done = _("Unlinked: you sign in with your password. All your browsers are signed out.")
    return act(unlink_gateway, done=done, to=url_for("people.profile"))


@pages.get("/uscita", endpoint="signed_out_of_gateway")
def signed_out_page() -> ResponseReturnValue:
    """After signing out here of a sign-in by the gateway: how to sign out there, too."""
    _require_gateway()
    return render_template("people/gateway/signed_out.html", out=way_out("home.index"))


def _proved(*, password: str) -> Mapping[str, object]:
    return {"proof": confirmed_by_actor(credentials_of, proving(password, purpose=LINKING))}


def _subject(claims: Claims) -> Subject:
    level = level_of(claims.acr)
    if level is None:
        raise Invalid(
            _(
                "SPID or CIE did not say at which level it let you in, so nobody was signed in."
                " Tell those who run the site."
            )
        )
    digests = digests_of(claims.issuer, claims.sub, site_keys())
    return Subject(digests, level, claims.name, claims.email)


def _told(subject: Subject) -> Mapping[str, str]:
    """What the form of a new account begins with."""
    return {"email": subject.email, "display_name": subject.name[:80]}


def _registering(subject: Subject) -> Callable[..., str]:
    """The command that opens an account for a subject in this browser."""
    language = str(get_locale())
    return partial(register_by_gateway, subject=subject, device=sending_device(), language=language)


def _to_choice(subject: Subject) -> ResponseReturnValue:
    """To the page on which who is signed in links their account, or on which others choose one."""
    session[auth.SUBJECT] = word_of(subject, site_keys())
    where = "people.link_gateway" if actor().is_signed_in else "people.gateway_account"
    return redirect(url_for(where))


def _signed_in(subject: Subject) -> ResponseReturnValue:
    with transaction() as tx:
        key = sign_in_by_gateway(tx, subject=subject, device=sending_device())
    return _entered(key)


def _entered(key: str) -> ResponseReturnValue:
    return enter(key, next_url=session.get(_NEXT)) or redirect(url_for("people.sign_in"))


def _welcomed(key: str) -> ResponseReturnValue:
    answer = _entered(key)
    flash(_("Your account is open. To write and vote, open the link in the mail."), "success")
    return answer


def _linked() -> ResponseReturnValue:
    session.pop(auth.SUBJECT, None)
    flash(_("Linked: you can sign in with SPID or CIE from now on."), "success")
    return redirect(url_for("people.profile"))


def _pending() -> Subject | None:
    return subject_in(session.get(auth.SUBJECT, ""), site_keys())


def _too_late() -> ResponseReturnValue:
    flash(_("A quarter of an hour has passed: begin anew with SPID or CIE."), "info")
    where = "people.profile" if actor().is_signed_in else "people.sign_in"
    return redirect(url_for(where))


def _back(refusal: Refusal) -> ResponseReturnValue:
    flash(str(refusal.detail), "danger")
    where = "people.profile" if actor().is_signed_in else "people.sign_in"
    return redirect(url_for(where))


def _require_gateway() -> None:
    if not has_gateway():
        raise NotFound(_("This site has no sign-in by SPID or CIE."))
