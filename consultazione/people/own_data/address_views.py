"""The pages on which somebody confirms their e-mail address, or asks for another link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.mail.bounces import MailBounces, failing
from consultazione.people.blueprint import pages
from consultazione.people.commands.addresses import ask_for_confirmation, confirm_address
from consultazione.people.models import Person
from consultazione.people.schemas import AddressLinkSchema
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.mail_limits import mails_to

_AGAIN = "5 per hour"


def own_mail_failing() -> MailBounces | None:
    """What is known of the reader's address if mails do not arrive there any more; else None."""
    return failing(snapshot(), actor().person_id)


pages.add_app_template_global(own_mail_failing, "own_mail_failing")


def _own_address() -> str:
    person_id = actor().person_id
    person = snapshot().get(Person, person_id) if person_id is not None else None
    return person.email or "" if person else ""


@pages.route("/conferma-indirizzo", methods=["GET", "POST"], endpoint="confirm_address")
@limiter.limit(WRITING, methods=["POST"])
def confirm_address_page() -> ResponseReturnValue:
    """Confirm an address by a button, since mail programs open links by themselves."""
    form = Form(AddressLinkSchema(), {"secret": request.args.get("chiave", "")})
    person = form.perform(confirm_address)
    if person is not None:
        return _confirmed(person)
    page = render_template("people/confirm_address.html", form=form)
    return page, form.status, {"Cache-Control": "no-store"}


def _confirmed(person: Person) -> ResponseReturnValue:
    """Say so, and whose it is: another account may be signed in to in this browser."""
    if actor().is_signed_in and actor().person_id != person.id:
        flash(_("The address of the account of this link is confirmed. It is not the account that "
                "you are signed in to here."), "success")  # fmt: skip
    else:
        flash(_("Your address is confirmed: you can write and vote now."), "success")
    return redirect(url_for("people.profile" if actor().is_signed_in else "people.sign_in"))


@pages.get("/profilo/conferma", endpoint="confirmation")
@auth.sign_in_required
def confirmation_page() -> str:
    """Why the account cannot write or vote yet, or gets no mails; how it gets another link."""
    return render_template("people/confirmation.html")


@pages.post("/profilo/conferma", endpoint="ask_for_confirmation")
@limiter.limit(_AGAIN)
@mails_to(_own_address)
@auth.sign_in_required
def ask_for_confirmation_button() -> ResponseReturnValue:
    """Have another link sent."""
    done = _("The mail is on its way.")
    return act(ask_for_confirmation, done=done, to=url_for("people.confirmation"))
