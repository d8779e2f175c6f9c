"""Pages that move one phase: beginning, last day, end, reopening, suspension, correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.permissions import Permission, require
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.blueprint import pages
from consultazione.zones.commands.path import close_phase, open_phase, set_deadline
from consultazione.zones.labels import ACT_KINDS
from consultazione.zones.models import ActKind, Phase
from consultazione.zones.phases.commands.correcting import correct_phase
from consultazione.zones.phases.commands.reopening import reopen_phase
from consultazione.zones.phases.commands.suspending import resume_phase, suspend_phase
from consultazione.zones.phases.gates import owed
from consultazione.zones.phases.order import DECIDING, ORDER, acts_for
from consultazione.zones.phases.queries import get_hold, phase_versions
from consultazione.zones.queries import acts, get_phase
from consultazione.zones.schemas import (
    ClosePhaseSchema,
    CorrectPhaseSchema,
    DeadlineSchema,
    OpenPhaseSchema,
    ReopenPhaseSchema,
    SuspendPhaseSchema,
)

_CORRECTED = ("version", "title", "description", "starts_on", "closed_on")


@pages.route("/percorso/fasi/<int:phase_id>/apri", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def begin_phase(phase_id: int) -> ResponseReturnValue:
    """Start a phase on a given day."""
    phase = _phase(phase_id, Permission.OPEN_PHASE)
    form = Form(OpenPhaseSchema(), _today("starts_on"))
    if form.perform(partial(open_phase, phase_id=phase_id)):
        return _back(_("The phase has begun."))
    choices = _acts(phase, ORDER[phase.kind].opened_by)
    page = render_template("zones/begin_phase.html", form=form, phase=phase, acts=choices)
    return page, form.status


@pages.route("/percorso/fasi/<int:phase_id>/termine", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def deadline(phase_id: int) -> ResponseReturnValue:
    """Announce the last day on which a phase takes contributions."""
    phase = _phase(phase_id, Permission.SET_DEADLINE)
    form = Form(DeadlineSchema(), {"due_on": phase.due_on.isoformat() if phase.due_on else ""})
    if form.perform(partial(set_deadline, phase_id=phase_id)):
        return _back(_("The last day is announced."))
    return render_template("zones/deadline.html", form=form, phase=phase), form.status


@pages.route("/percorso/fasi/<int:phase_id>/chiudi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def end_phase(phase_id: int) -> ResponseReturnValue:
    """Close a phase by a formal act, once it owes nothing."""
    phase = _phase(phase_id, Permission.CLOSE_PHASE)
    form = Form(ClosePhaseSchema(), _today("closed_on"))
    if form.perform(partial(close_phase, phase_id=phase_id)):
        return _back(_("The phase is closed."))
    kinds = ORDER[phase.kind].closed_by
    page = render_template(
        "zones/end_phase.html",
        form=form,
        phase=phase,
        acts=_acts(phase, kinds),
        owed=owed(snapshot(), phase.cycle_id, phase.kind),
        kinds=_names(kinds),
    )
    return page, form.status


@pages.route("/percorso/fasi/<int:phase_id>/riapri", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def reopen(phase_id: int) -> ResponseReturnValue:
    """Reopen a phase that was closed, by a formal act."""
    phase = _phase(phase_id, Permission.REOPEN_PHASE)
    form = Form(ReopenPhaseSchema())
    if form.perform(partial(reopen_phase, phase_id=phase_id)):
        return _back(_("The phase goes on again."))
    return _by_act("zones/reopen_phase.html", form, phase)


@pages.route("/percorso/fasi/<int:phase_id>/sospendi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def suspend(phase_id: int) -> ResponseReturnValue:
    """Suspend a phase until a day, by a formal act."""
    phase = _phase(phase_id, Permission.SUSPEND_PHASE)
    form = Form(SuspendPhaseSchema())
    if form.perform(partial(suspend_phase, phase_id=phase_id)):
        return _back(_("The phase is suspended."))
    return _by_act("zones/suspend_phase.html", form, phase)


@pages.route(
    "/percorso/fasi/<int:phase_id>/sospensioni/<int:hold_id>/termina", methods=["GET", "POST"]
)
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def resume(phase_id: int, hold_id: int) -> ResponseReturnValue:
    """Let a suspended phase go on before its day."""
    phase = _phase(phase_id, Permission.RESUME_PHASE)
    hold = get_hold(snapshot(), phase_id, hold_id)
    form = Form(ReasonSchema())
    if form.perform(partial(resume_phase, hold_id=hold_id)):
        return _back(_("The phase goes on again."))
    page = render_template("zones/resume_phase.html", form=form, phase=phase, hold=hold)
    return page, form.status


@pages.route("/percorso/fasi/<int:phase_id>/correggi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def correct_a_phase(phase_id: int) -> ResponseReturnValue:
    """Correct title, description and days of a phase."""
    phase = _phase(phase_id, Permission.CORRECT_PHASE)
    form = Form(CorrectPhaseSchema(), {name: _typed(phase, name) for name in _CORRECTED})
    if form.perform(partial(correct_phase, phase_id=phase_id)):
        return _back(_("The phase is corrected; what the path said before stays readable."))
    return render_template("zones/correct_phase.html", form=form, phase=phase), form.status


@pages.get("/percorso/fasi/<int:phase_id>/versioni")
def versions_of_phase(phase_id: int) -> str:
    """What the path said of a phase before each correction, and why it was corrected."""
    phase = get_phase(snapshot(), phase_id)
    found = phase_versions(snapshot(), [phase_id]).get(phase_id, [])
    return render_template("zones/phase_versions.html", phase=phase, versions=found)


def _phase(phase_id: int, permission: Permission) -> Phase:
    """The phase of a page, for who has a permission in its zone."""
    phase = get_phase(snapshot(), phase_id)
    require(actor(), permission, zone_id=phase.zone_id)
    return phase


def _by_act(template: str, form: Form, phase: Phase) -> ResponseReturnValue:
    """The page of a form that names an act of who may decide."""
    choices, kinds = _acts(phase, DECIDING), _names(DECIDING)
    return render_template(template, form=form, phase=phase, acts=choices, kinds=kinds), form.status


def _acts(phase: Phase, kinds: frozenset[ActKind]) -> Sequence[tuple[int, str]]:
    """The acts that would do, each with its day."""
    fitting = acts_for(acts(snapshot(), phase.cycle_id), phase, kinds)
    return [(act.id, f"{act.title} ({act.on_day.isoformat()})") for act in fitting]


def _names(kinds: frozenset[ActKind]) -> Sequence[str]:
    return [str(name) for kind, name in ACT_KINDS.items() if kind in kinds]


def _typed(phase: Phase, name: str) -> object:
    """A column as a form shows it."""
    value = getattr(phase, name)
    if value is None:
        return ""
    return value.isoformat() if name in ("starts_on", "closed_on") else value


def _today(field: str) -> Mapping[str, object]:
    return {field: clock.today().isoformat()}


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("zones.path"))
