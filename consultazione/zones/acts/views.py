"""Pages of one act: what it says, its corrections, its approval."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.forms import act as one_button
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.acts.commands.approving import record_approval, strike_approval
from consultazione.zones.acts.commands.correcting import correct_act
from consultazione.zones.acts.queries import (
    approval_steps,
    board,
    get_act,
    get_version,
    versions,
)
from consultazione.zones.blueprint import pages
from consultazione.zones.labels import ACT_KINDS, SIGNATORY_KINDS
from consultazione.zones.models import AGREEMENTS, Act
from consultazione.zones.papers.queries import papers_by_act
from consultazione.zones.queries import acts
from consultazione.zones.schemas import ApprovalSchema, CorrectActSchema

_CORRECTED = ("kind", "title", "number", "on_day", "body", "source", "url", "version")


@pages.get("/atti/<int:act_id>", endpoint="act")
def show(act_id: int) -> str:
    """An act with its documents, its approval and its signatories."""
    session = snapshot()
    shown = get_act(session, act_id)
    return render_template(
        "zones/act.html",
        act=shown,
        kind=ACT_KINDS[shown.kind],
        papers=papers_by_act(session, [act_id]).get(act_id, []),
        steps=approval_steps(session, [act_id]),
        titles={other.id: other.title for other in acts(session, shown.cycle_id)},
        is_agreement=shown.kind in AGREEMENTS,
        board=board(session, act_id),
        signatory_kinds=SIGNATORY_KINDS,
        versions=versions(session, act_id),
    )


@pages.get("/atti/<int:act_id>/versioni/<int:version>")
def act_version(act_id: int, version: int) -> str:
    """What an act said before a correction."""
    found = get_version(snapshot(), act_id, version)
    return render_template(
        "zones/act_version.html",
        act=get_act(snapshot(), act_id),
        version=found,
        kind=ACT_KINDS[found.kind],
    )


@pages.route("/atti/<int:act_id>/correggi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def correct(act_id: int) -> ResponseReturnValue:
    """Correct what the register says of an act."""
    shown = get_act(snapshot(), act_id)
    require(actor(), Permission.CORRECT_ACT, zone_id=shown.zone_id)
    read = {name: _typed(shown, name) for name in _CORRECTED}
    form = Form(CorrectActSchema(), read, shown={"kind": ACT_KINDS.__getitem__})
    if form.perform(partial(correct_act, act_id=act_id)):
        return _back(act_id, _("The act is corrected; what it said before stays readable."))
    kinds = [(kind.value, name) for kind, name in ACT_KINDS.items()]
    page = render_template("zones/correct_act.html", form=form, act=shown, kinds=kinds)
    return page, form.status


@pages.route("/atti/<int:act_id>/approvazioni/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new_approval(act_id: int) -> ResponseReturnValue:
    """Record that a body has approved an act."""
    shown = get_act(snapshot(), act_id)
    require(actor(), Permission.RECORD_APPROVAL, zone_id=shown.zone_id)
    form = Form(ApprovalSchema())
    if form.perform(partial(record_approval, act_id=act_id)):
        return _back(act_id, _("The approval is recorded."))
    others = [
        (other.id, f"{other.title} ({other.on_day.isoformat()})")
        for other in acts(snapshot(), shown.cycle_id)
        if other.id != act_id
    ]
    page = render_template("zones/new_approval.html", form=form, act=shown, others=others)
    return page, form.status


@pages.post("/atti/<int:act_id>/approvazioni/<int:step_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_approval(act_id: int, step_id: int) -> ResponseReturnValue:
    """Take out a step of approval that was recorded by mistake."""
    return one_button(
        partial(strike_approval, step_id=step_id),
        done=_("The approval is taken out."),
        to=url_for("zones.act", act_id=act_id),
    )


def _typed(shown: Act, name: str) -> object:
    """A column as a form shows it."""
    value = getattr(shown, name)
    if value is None:
        return ""
    return value.isoformat() if name == "on_day" else value


def _back(act_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("zones.act", act_id=act_id))
