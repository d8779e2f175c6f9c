"""Pages of the zone: the path, the public log, and the form of an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.permissions import Permission, may, require
from consultazione.home.streams import streams_of
from consultazione.tables.queries import tables
from consultazione.transparency.queries import newest_checkpoint
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
from consultazione.zones.commands.path import record_act
from consultazione.zones.event_sentences import FAMILIES
from consultazione.zones.labels import ACT_KINDS, BODY_KINDS
from consultazione.zones.models import Act, Phase
from consultazione.zones.papers.queries import papers_by_act
from consultazione.zones.phases.gates import Owed, owed
from consultazione.zones.phases.queries import holds, reopenings
from consultazione.zones.public_log import public_entries
from consultazione.zones.queries import acts, bodies, phases, priorities
from consultazione.zones.schemas import ActSchema

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
    ids = [phase.id for phase in in_rank]
    return render_template(
        "zones/path.html",
        phases=in_rank,
        owed=_owed(in_rank, today),
        holds=holds(session, ids),
        reopenings=reopenings(session, ids),
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


def _owed(in_rank: Sequence[Phase], today: date) -> Mapping[int, Sequence[Owed]]:
    """What the phases that go on still owe, by phase, for who may close them."""
    if not may(actor(), Permission.CLOSE_PHASE, zone_id=current_zone().id):
        return {}
    return {
        phase.id: owed(snapshot(), phase.cycle_id, phase.kind)
        for phase in in_rank
        if phase.is_current(today)
    }


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
        checkpoint=newest_checkpoint(snapshot()),
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


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("zones.path"))
