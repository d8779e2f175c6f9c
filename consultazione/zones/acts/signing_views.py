"""Pages of an agreement's signatories: naming them, recording who signed when."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.permissions import Permission, require
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.acts.commands.signing import (
    name_signatories,
    record_signatures,
    remove_signatory,
    strike_signature,
)
from consultazione.zones.acts.queries import board, get_act
from consultazione.zones.blueprint import pages
from consultazione.zones.labels import SIGNATORY_KINDS
from consultazione.zones.schemas import SignatoriesSchema, SignaturesSchema


@pages.route("/atti/<int:act_id>/firmatari/nuovi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new_signatories(act_id: int) -> ResponseReturnValue:
    """Name bodies that sign an agreement, one a line."""
    shown = get_act(snapshot(), act_id)
    require(actor(), Permission.NAME_SIGNATORIES, zone_id=shown.zone_id)
    form = Form(SignatoriesSchema())
    if form.perform(partial(name_signatories, act_id=act_id)):
        return _back(act_id, _("The signatories are named."))
    kinds = [(kind.value, name) for kind, name in SIGNATORY_KINDS.items()]
    page = render_template("zones/new_signatories.html", form=form, act=shown, kinds=kinds)
    return page, form.status


@pages.route("/atti/<int:act_id>/firme", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def sign_agreement(act_id: int) -> ResponseReturnValue:
    """Record that bodies signed an agreement on a day."""
    shown = get_act(snapshot(), act_id)
    require(actor(), Permission.RECORD_SIGNATURES, zone_id=shown.zone_id)
    form = Form(SignaturesSchema(), {"signed_on": clock.today().isoformat()})
    if form.perform(partial(record_signatures, act_id=act_id)):
        return _back(act_id, _("The signatures are recorded."))
    waiting = [
        (one.id, f"{one.name} ({SIGNATORY_KINDS[one.kind]})")
        for one in board(snapshot(), act_id).unsigned
    ]
    page = render_template("zones/sign_agreement.html", form=form, act=shown, waiting=waiting)
    return page, form.status


@pages.post("/atti/<int:act_id>/firmatari/<int:signatory_id>/firma/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def take_signature_out(act_id: int, signatory_id: int) -> ResponseReturnValue:
    """Take out a signature that was recorded by mistake."""
    return act(
        partial(strike_signature, signatory_id=signatory_id),
        done=_("The signature is taken out."),
        to=_address(act_id),
    )


@pages.post("/atti/<int:act_id>/firmatari/<int:signatory_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def take_signatory_out(act_id: int, signatory_id: int) -> ResponseReturnValue:
    """Remove a body that was named by mistake."""
    return act(
        partial(remove_signatory, signatory_id=signatory_id),
        done=_("The body is no signatory any more."),
        to=_address(act_id),
    )


def _back(act_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(_address(act_id))


def _address(act_id: int) -> str:
    return url_for("zones.act", act_id=act_id, _anchor="firmatari")
