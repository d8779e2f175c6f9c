"""The page of the set-up link: its holder becomes the installation's administrator."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.people.credentials.new_password import choose_password
from consultazione.setup.blueprint import pages
from consultazione.setup.commands.first_start import use_setup_link
from consultazione.setup.first_start import find_setup_link
from consultazione.setup.schemas import FirstStartSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/primo-avvio", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
def first_start() -> ResponseReturnValue:
    """Become the administrator of the installation; the secret stands in the query, unlogged."""
    if actor().is_signed_in:
        return render_template("setup/sign_out_first.html"), 409
    form = Form(FirstStartSchema(), {"secret": request.args.get("chiave", "")})
    if form.perform(use_setup_link, before=_chosen):
        session["address"] = form.values["email"]
        flash(_("The account is there: sign in with it, and set up the first zone."), "success")
        return redirect(url_for("people.sign_in", next=url_for("setup.drafts")))
    find_setup_link(snapshot(), str(form.values.get("secret", "")), now=clock.now())
    page = render_template("setup/first_start.html", form=form)
    return page, form.status, {"Cache-Control": "no-store"}


def _chosen(*, email: str, display_name: str, password: str, secret: str) -> Mapping[str, object]:
    """The fields, with the password checked and hashed."""
    chosen = choose_password(password, display_name=display_name, email=email)
    return {"email": email, "display_name": display_name, "password": chosen, "secret": secret}
