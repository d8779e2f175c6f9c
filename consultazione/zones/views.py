"""Pages of the zone: the path, the public log, and the forms that move the path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.permissions import Permission, require
from consultazione.home.streams import streams_of
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.forms import Form
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import asked_id
from consultazione.zones.acts.queries import approval_steps
from consultazione.zones.blueprint import pages
from consultazione.zones.calendar.entries import Entry, in_order, of_act
from consultazione.zones.calendar.views import cycle_entries
from consultazione.zones.commands.path import close_phase, open_phase, record_act, set_deadline
from consultazione.zones.event_sentences import FAMILIES
from consultazione.zones.labels import ACT_KINDS, BODY_KINDS
from consultazione.zones.models import Act
from consultazione.zones.papers.queries import papers_by_act
from consultazione.zones.public_log import public_entries
from consultazione.zones.queries import acts, bodies, get_phase, phases, priorities
from consultazione.zones.schemas import ActSchema, ClosePhaseSchema, DeadlineSchema, OpenPhaseSchema

_ENTRIES_A_PAGE = 40
# What the page of the path shows of the calendar; the rest is a link away.
_COMING = 4
_STORY = 30


@pages.get(f"{IN_CYCLE}/percorso")
def path() -> str:
    """The path: what can be done now, its phases and acts, and its story day by day."""
    cycle, session, today = current_cycle(), snapshot(), clock.today()
    ranked, recorded = priorities(session, cycle.id), acts(session, cycle.id)
    in_rank = phases(session, cycle.id)
    days = cycle_entries(cycle, in_rank)
    papers = papers_by_act(session, [act.id for act in recorded])
    return render_template(
        "zones/path.html",
        phases=in_rank,
        today=today,
        acts=recorded,
        act_kinds=ACT_KINDS,
        papers={act_id: [p for p in of if not p.withdrawn_at] for act_id, of in papers.items()},
        steps=approval_steps(session, [act.id for act in recorded]),
        coming=[entry for entry in days if entry.day >= today][:_COMING],
        story=_story(days, recorded, today)[:_STORY],
        priorities=[p for p in ranked if not p.is_need],
        needs=[p for p in ranked if p.is_need],
        bodies=bodies(session, cycle.zone.id),
        body_kinds=BODY_KINDS,
    )


def _story(days: Iterable[Entry], recorded: Iterable[Act], today: date) -> list[Entry]:
    """What has happened so far, the latest first: acts, sittings, events, last days."""
    made = (
        of_act(act, kind=ACT_KINDS[act.kind], address=url_for("zones.act", act_id=act.id))
        for act in recorded
    )
    return [entry for entry in reversed(in_order([*days, *made])) if entry.day <= today]


@pages.get(f"{IN_CYCLE}/registro")
@reads_much("flusso", "prima")
def log() -> str:
    """The public log of the cycle and its zone, newest first."""
    which = request.args.get("flusso", "")[:60]
    before = asked_id("prima") or 0
    cycle_id = current_cycle().id
    entries = public_entries(
        snapshot(),
        which=which,
        before=before,
        limit=_ENTRIES_A_PAGE + 1,
        streams=streams_of(cycle_id),
    )
    shown, last = paged(entries, _ENTRIES_A_PAGE)
    return render_template(
        "zones/log.html",
        entries=shown,
        next_before=last.position if last else None,
        which=which,
        families=FAMILIES,
        names={table.id: table.name for table in tables(snapshot(), cycle_id)},
    )


@pages.route(f"{IN_CYCLE}/percorso/atti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new_act() -> ResponseReturnValue:
    """Enter a formal act in the register of acts."""
    require(actor(), Permission.RECORD_ACT, zone_id=current_zone().id)
    form = Form(ActSchema(), {"body": current_zone().lead_body})
    if form.perform(partial(record_act, cycle_id=current_cycle().id)):
        return _back(_("The act is in the register."))
    kinds = [(kind.value, name) for kind, name in ACT_KINDS.items()]
    return render_template("zones/new_act.html", form=form, kinds=kinds), form.status


@pages.route("/percorso/fasi/<int:phase_id>/apri", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def begin_phase(phase_id: int) -> ResponseReturnValue:
    """Start a phase on a given day."""
    require(actor(), Permission.OPEN_PHASE, zone_id=current_zone().id)
    form = Form(OpenPhaseSchema(), _today("starts_on"))
    if form.perform(partial(open_phase, phase_id=phase_id)):
        return _back(_("The phase has begun."))
    phase = get_phase(snapshot(), phase_id)
    return render_template("zones/begin_phase.html", form=form, phase=phase), form.status


@pages.route("/percorso/fasi/<int:phase_id>/termine", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def deadline(phase_id: int) -> ResponseReturnValue:
    """Announce the last day on which a phase takes contributions."""
    phase = get_phase(snapshot(), phase_id)
    require(actor(), Permission.SET_DEADLINE, zone_id=phase.zone_id)
    form = Form(DeadlineSchema(), {"due_on": phase.due_on.isoformat() if phase.due_on else ""})
    if form.perform(partial(set_deadline, phase_id=phase_id)):
        return _back(_("The last day is announced."))
    return render_template("zones/deadline.html", form=form, phase=phase), form.status


@pages.route("/percorso/fasi/<int:phase_id>/chiudi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def end_phase(phase_id: int) -> ResponseReturnValue:
    """Close a phase by a formal act."""
    require(actor(), Permission.CLOSE_PHASE, zone_id=current_zone().id)
    form = Form(ClosePhaseSchema(), _today("closed_on"))
    if form.perform(partial(close_phase, phase_id=phase_id)):
        return _back(_("The phase is closed."))
    phase = get_phase(snapshot(), phase_id)
    choices = [(act.id, act.title) for act in acts(snapshot(), phase.cycle_id)]
    return render_template(
        "zones/end_phase.html", form=form, phase=phase, acts=choices
    ), form.status


def _today(field: str) -> Mapping[str, object]:
    return {field: clock.today().isoformat()}


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("zones.path"))
