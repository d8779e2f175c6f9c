"""Pages of the provincial programme, of its projects, and of what a zone received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.programme.form_values import sheet_choices
from consultazione.programme.queries import programme_of, programmes_of
from consultazione.programme.schemas import SheetSchema
from consultazione.provincial.answers import answer_project
from consultazione.provincial.blueprint import pages
from consultazione.provincial.commands.programming import put_project_into_programme
from consultazione.provincial.labels import FORWARD_STATES, FORWARD_TONES, SECTIONS
from consultazione.provincial.models import ForwardState, ProjectForward
from consultazione.provincial.queries import (
    forwards_of,
    get_forward,
    get_project,
    programmed,
    programmes,
    projects,
    provincial_tables,
    received,
    zones_of,
)
from consultazione.provincial.rights import coordinates
from consultazione.provincial.schemas import ProjectAnswerSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.zones.queries import territory_by_slug


@pages.get("/territorio/<territory>/programma")
@reads_much()
def programme(territory: str) -> str:
    """A territory's programmes in their three sections, with tables, projects and answers."""
    session = snapshot()
    place = territory_by_slug(session, territory)
    found = programmes(session, place.id)
    written = projects(session, [row.id for row in found])
    return render_template(
        "provincial/programme.html",
        territory=place,
        programmes=found,
        projects=written,
        tables=provincial_tables(session, place.id),
        answers=_by_project(forwards_of(session, [row.id for row in written])),
        writes=coordinates(session, actor(), place.id),
        **_names(),
    )


@pages.get("/progetti-provinciali/<int:project_id>")
def project(project_id: int) -> str:
    """A project: where it comes from, and what each zone answered."""
    session = snapshot()
    row = get_project(session, project_id)
    answers = forwards_of(session, [row.id])
    interventions = programmed(session, [answer.id for answer in answers])
    known = {answer.zone_id for answer in answers}
    return render_template(
        "provincial/project.html",
        project=row,
        answers=answers,
        interventions=interventions,
        zones=[
            zone
            for zone in zones_of(session, row.territory_id)
            if zone.id not in known and coordinates(session, actor(), row.territory_id)
        ],
        **_names(),
    )


@pages.get(f"{IN_CYCLE}/progetti-provinciali")
def of_zone() -> str:
    """The projects that the zone received in this cycle: accepted, waiting, not accepted."""
    rows = received(snapshot(), current_cycle().id)
    groups = {state: [row for row in rows if row.state is state] for state in ForwardState}
    return render_template(
        "provincial/of_zone.html",
        groups=groups,
        rows=rows,
        interventions=programmed(snapshot(), [row.id for row in rows]),
        open_years=[row.year for row in programmes_of(snapshot(), current_cycle().id)],
        **_names(),
    )


@pages.route("/progetti-provinciali/ricevuti/<int:forward_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def answer(forward_id: int) -> ResponseReturnValue:
    """Accept or refuse a project for the zone, with a reason."""
    row = get_forward(snapshot(), forward_id)
    require(actor(), Permission.ACCEPT_PROJECT, zone_id=row.zone_id)
    form = Form(ProjectAnswerSchema())
    if form.perform(partial(answer_project, forward_id=row.id)):
        flash(_("The answer is public now, with its reason."), "success")
        return redirect(url_for("provincial.of_zone"))
    row = get_forward(renew_snapshot(), forward_id)
    page = render_template(
        "provincial/answer.html",
        forward=row,
        project=get_project(snapshot(), row.project_id),
        form=form,
        choices=[
            (ForwardState.ACCEPTED.value, _("Accept it into the plan of the zone")),
            (ForwardState.REFUSED.value, _("Do not accept it")),
        ],
        **_names(),
    )
    return page, form.status


@pages.route(
    "/progetti-provinciali/ricevuti/<int:forward_id>/programma/<int(max=9999):year>",
    methods=["GET", "POST"],
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.PUT_PROJECT_INTO_PROGRAMME)
def put_into_programme(forward_id: int, year: int) -> ResponseReturnValue:
    """Make a project that the zone accepted an intervention of a year."""
    row = get_forward(snapshot(), forward_id)
    programme = programme_of(snapshot(), row.cycle_id, year)
    project = row.project
    form = Form(SheetSchema(), {"title": project.title, "actions": project.body})
    command = partial(put_project_into_programme, forward_id=row.id, year=year)
    if made := form.perform(command):
        flash(_("The intervention is in the programme. Now share out its cost."), "success")
        return redirect(url_for("programme.cost", intervention_id=made.id))
    page = render_template(
        "programme/result.html",
        programme=programme,
        form=form,
        action=url_for("provincial.put_into_programme", forward_id=forward_id, year=year),
        back=url_for("provincial.of_zone"),
        back_title=_("Projects of the province"),
        origin=project.title,
        amount=project.amount,
        **sheet_choices(snapshot(), programme),
    )
    return page, form.status


def _names() -> Mapping[str, object]:
    return {"sections": SECTIONS, "states": FORWARD_STATES, "tones": FORWARD_TONES}


def _by_project(rows: Iterable[ProjectForward]) -> Mapping[int, list[ProjectForward]]:
    found: dict[int, list[ProjectForward]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found
