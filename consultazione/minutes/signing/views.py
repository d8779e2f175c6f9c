"""The pages on which approved minutes are signed."""

from __future__ import annotations

from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import acting_person
from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.base import Site
from consultazione.documents.signatures.proving import proved
from consultazione.documents.signatures.queries import frozen_copy
from consultazione.documents.signatures.schemas import SigningSchema
from consultazione.documents.signatures.ways import Way, own_ways
from consultazione.minutes.blueprint import pages
from consultazione.minutes.commands.signing import sign_minutes
from consultazione.minutes.document import document_of
from consultazione.minutes.labels import SIGNING_ROLES
from consultazione.minutes.queries import readable_minutes
from consultazione.minutes.signing.signers import require_signer
from consultazione.web import auth
from consultazione.web.files.made import inline
from consultazione.web.forms import Form, told_apart
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.signing import on_this_page
from consultazione.web.sign_in.site_keys import signing_site


@pages.route("/verbali/<int:minutes_id>/firma", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def sign(minutes_id: int) -> ResponseReturnValue:
    """Sign approved minutes: what exactly is signed, and the ways to do it."""
    form = Form(SigningSchema())
    if form.perform(partial(sign_minutes, minutes_id=minutes_id), before=on_this_page(proved)):
        flash(_("Your signature is under the minutes."), "success")
        return redirect(url_for("minutes.show", minutes_id=minutes_id, _anchor="firme"))
    return _page(minutes_id, form)


@pages.get("/verbali/<int:minutes_id>/da-firmare.pdf")
def copy(minutes_id: int) -> Response:
    """The frozen copy to be signed; NotFound while it is being written."""
    frozen = frozen_copy(snapshot(), readable_minutes(snapshot(), minutes_id, actor()).digest)
    name = f"verbale-{minutes_id}-da-firmare.pdf"
    return inline(frozen.content, "application/pdf", name, etag=frozen.sha256)


def _page(minutes_id: int, form: Form) -> ResponseReturnValue:
    """The page, or the refusal for whose signature does not belong there, or is there."""
    session, person_id = renew_snapshot(), acting_person(actor())
    minutes = readable_minutes(session, minutes_id, actor())
    role = require_signer(session, minutes, person_id)
    page = render_template(
        "minutes/sign.html",
        minutes=minutes,
        document=document_of(minutes),
        role=SIGNING_ROLES[role],
        form=form,
        forms=told_apart(form, "method", Way),
        methods=METHODS,
        **own_ways(session, person_id, minutes.digest or "", Site(**signing_site())),
    )
    return page, form.status, form.headers
