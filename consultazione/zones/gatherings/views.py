"""Pages of conferences, seminars and assemblies."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.permissions import Permission, require
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.blueprint import pages
from consultazione.zones.gatherings.commands import (
    announce_gathering,
    call_off_gathering,
    revise_gathering,
)
from consultazione.zones.gatherings.models import Gathering
from consultazione.zones.gatherings.queries import get_gathering
from consultazione.zones.labels import GATHERING_KINDS
from consultazione.zones.library.lint import remarks
from consultazione.zones.library.queries import citations
from consultazione.zones.papers.queries import papers_of_gathering
from consultazione.zones.schemas import GatheringSchema, ReviseGatheringSchema

_TEXTS = ("kind", "title", "description", "place", "url", "revision")
_MOMENTS = ("starts_at", "ends_at")


@pages.get("/incontri/<int:gathering_id>", endpoint="gathering")
def show(gathering_id: int) -> str:
    """A conference, a seminar or an assembly with its documents."""
    shown = get_gathering(snapshot(), gathering_id)
    return render_template(
        "zones/gathering.html",
        gathering=shown,
        kind=GATHERING_KINDS[shown.kind],
        is_over=shown.is_over(clock.now()),
        papers=papers_of_gathering(snapshot(), gathering_id),
    )


@pages.route(f"{IN_CYCLE}/incontri/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def announce() -> ResponseReturnValue:
    """Announce a conference, a seminar or an assembly."""
    require(actor(), Permission.ANNOUNCE_GATHERING, zone_id=current_zone().id)
    form = Form(GatheringSchema())
    made = form.perform(partial(announce_gathering, cycle_id=current_cycle().id))
    if made is not None:
        return _written(made, _("The event is announced."))
    return _page(form, None)


@pages.route("/incontri/<int:gathering_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def revise(gathering_id: int) -> ResponseReturnValue:
    """Change what was announced."""
    shown = get_gathering(snapshot(), gathering_id)
    require(actor(), Permission.REVISE_GATHERING, zone_id=shown.zone_id)
    kind = GATHERING_KINDS.__getitem__
    form = Form(ReviseGatheringSchema(), _values(shown), shown={"kind": kind})
    made = form.perform(partial(revise_gathering, gathering_id=gathering_id))
    if made is not None:
        return _written(made, _("The event is changed; calendars that follow it will show it."))
    return _page(form, shown)


@pages.route("/incontri/<int:gathering_id>/annulla", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def call_off(gathering_id: int) -> ResponseReturnValue:
    """Say that it does not take place."""
    shown = get_gathering(snapshot(), gathering_id)
    require(actor(), Permission.CALL_OFF_GATHERING, zone_id=shown.zone_id)
    form = Form(ReasonSchema())
    if form.perform(partial(call_off_gathering, gathering_id=gathering_id)):
        flash(_("The event is called off."), "success")
        return redirect(url_for("zones.gathering", gathering_id=gathering_id))
    page = render_template("zones/call_off.html", form=form, gathering=shown)
    return page, form.status


def _page(form: Form, shown: Gathering | None) -> ResponseReturnValue:
    kinds = [(kind.value, name) for kind, name in GATHERING_KINDS.items()]
    page = render_template("zones/gathering_form.html", form=form, gathering=shown, kinds=kinds)
    return page, form.status


def _written(made: Gathering, sentence: str) -> ResponseReturnValue:
    """Back to its page, with what is to be looked at in its text."""
    flash(sentence, "success")
    for remark in remarks(made.description, citations(snapshot(), made.zone_id)):
        flash(str(remark), "warning")
    return redirect(url_for("zones.gathering", gathering_id=made.id))


def _values(shown: Gathering) -> dict[str, object]:
    texts = {name: "" if (v := getattr(shown, name)) is None else v for name in _TEXTS}
    moments = {
        name: clock.in_rome(moment).strftime("%Y-%m-%dT%H:%M")
        for name in _MOMENTS
        if (moment := getattr(shown, name)) is not None
    }
    return texts | moments
