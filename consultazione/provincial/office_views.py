"""Forms of a territory's coordinators: programme, tables, projects, and their way to the zones."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.errors import NotAllowed
from consultazione.provincial.blueprint import pages
from consultazione.provincial.commands.programme import (
    forward_project,
    open_provincial_programme,
    set_up_provincial_table,
    write_provincial_project,
)
from consultazione.provincial.labels import SECTIONS
from consultazione.provincial.queries import programmes, provincial_tables
from consultazione.provincial.rights import coordinates
from consultazione.provincial.schemas import ProgrammeSchema, ProjectSchema, TableSchema
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.models import Territory
from consultazione.zones.queries import territory_by_slug

_SECTIONS = [(section.value, name) for section, name in SECTIONS.items()]


@pages.route("/territorio/<territory>/programma/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new_programme(territory: str) -> ResponseReturnValue:
    """Open the programme of some years."""
    place = _own(territory)
    form = Form(ProgrammeSchema())
    if form.perform(partial(open_provincial_programme, territory_id=place.id)):
        return _back(place, _("The programme is open."))
    return render_template("provincial/new_programme.html", form=form, territory=place), form.status


@pages.route("/territorio/<territory>/tavoli-provinciali/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new_table(territory: str) -> ResponseReturnValue:
    """Set up a provincial table."""
    place = _own(territory)
    form = Form(TableSchema())
    if form.perform(partial(set_up_provincial_table, territory_id=place.id)):
        return _back(place, _("The table is set up."))
    page = render_template(
        "provincial/new_table.html", form=form, territory=place, sections=_SECTIONS
    )
    return page, form.status


@pages.route("/territorio/<territory>/progetti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new_project(territory: str) -> ResponseReturnValue:
    """Write a project into a programme."""
    place = _own(territory)
    form = Form(ProjectSchema())
    if row := form.perform(write_provincial_project):
        flash(_("The project is in the programme. Forward it to the zones."), "success")
        return redirect(url_for("provincial.project", project_id=row.id))
    page = render_template(
        "provincial/new_project.html",
        form=form,
        territory=place,
        programmes=[(row.id, row.years) for row in programmes(snapshot(), place.id)],
        tables=[(row.id, row.name) for row in provincial_tables(snapshot(), place.id)],
    )
    return page, form.status


@pages.post("/progetti-provinciali/<int:project_id>/inoltra/<int:to_zone_id>")
@limiter.limit(WRITING)
@auth.sign_in_required
def forward(project_id: int, to_zone_id: int) -> Response:
    """Forward a project to a zone of the territory."""
    return act(
        partial(forward_project, project_id=project_id, zone_id=to_zone_id),
        done=_("The project is forwarded: the plan office of the zone answers."),
        to=url_for("provincial.project", project_id=project_id),
    )


def _own(slug: str) -> Territory:
    """The territory, for whoever coordinates it; NotAllowed for others."""
    territory = territory_by_slug(snapshot(), slug)
    if not coordinates(snapshot(), actor(), territory.id):
        raise NotAllowed(_("Only the coordinators of the territory write its programme."))
    return territory


def _back(territory: Territory, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("provincial.programme", territory=territory.slug))
