"""Pages of who runs a table: preparing a survey, opening and closing it."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.permissions import Permission, require
from consultazione.surveys.blueprint import pages
from consultazione.surveys.commands.answering import close_survey
from consultazione.surveys.commands.preparing import (
    add_survey_question,
    discard_survey,
    open_survey,
    prepare_survey,
    remove_survey_question,
)
from consultazione.surveys.queries import get_question, places_for
from consultazione.surveys.schemas import SurveyQuestionSchema, SurveySchema
from consultazione.surveys.views import page_of, readable
from consultazione.tables.queries import table_by_slug
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/sondaggi/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def prepare(slug: str) -> ResponseReturnValue:
    """Prepare a survey of a table."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    require(actor(), Permission.PREPARE_SURVEY, zone_id=table.zone_id, table_id=table.id)
    form = Form(SurveySchema(), {"least_group": 5})
    survey = form.perform(partial(prepare_survey, table_id=table.id))
    if survey:
        flash(_("The survey is prepared. Add its questions, then open it."), "success")
        return redirect(url_for("surveys.show", survey_id=survey.id))
    places = _offered(table_by_slug(renew_snapshot(), current_cycle().id, slug).id)
    page = render_template("surveys/prepare.html", table=table, form=form, places=places)
    return page, form.status


@pages.post("/sondaggi/<int:survey_id>/domande")
@limiter.limit(WRITING)
@auth.sign_in_required
def add_question(survey_id: int) -> ResponseReturnValue:
    """Add a question."""
    readable(survey_id)
    form = Form(SurveyQuestionSchema())
    if form.perform(partial(add_survey_question, survey_id=survey_id)):
        flash(_("The question is added."), "success")
        return redirect(url_for("surveys.show", survey_id=survey_id))
    return page_of(survey_id, question=form)


@pages.post("/sondaggi/domande/<int:survey_question_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_question(survey_question_id: int) -> Response:
    """Take a question out."""
    survey = readable(get_question(snapshot(), survey_question_id).survey_id)
    command = partial(remove_survey_question, survey_question_id=survey_question_id)
    to = url_for("surveys.show", survey_id=survey.id)
    return act(command, done=_("The question is taken out."), to=to)


@pages.post("/sondaggi/<int:survey_id>/apri", endpoint="open")
@limiter.limit(WRITING)
@auth.sign_in_required
def open_prepared(survey_id: int) -> Response:
    """Have people answer."""
    command = partial(open_survey, survey_id=survey_id)
    to = url_for("surveys.show", survey_id=survey_id)
    return act(command, done=_("The survey is open: people can answer."), to=to)


@pages.post("/sondaggi/<int:survey_id>/chiudi")
@limiter.limit(WRITING)
@auth.sign_in_required
def close(survey_id: int) -> Response:
    """Take no more answers, and show the numbers."""
    command = partial(close_survey, survey_id=survey_id)
    to = url_for("surveys.show", survey_id=survey_id)
    return act(command, done=_("The survey is closed."), to=to)


@pages.post("/sondaggi/<int:survey_id>/scarta")
@limiter.limit(WRITING)
@auth.sign_in_required
def discard(survey_id: int) -> Response:
    """Throw a survey away that was never opened."""
    slug = readable(survey_id).table.slug
    command = partial(discard_survey, survey_id=survey_id)
    to = url_for("surveys.of_table", slug=slug)
    return act(command, done=_("The survey is thrown away."), to=to)


def _offered(table_id: int) -> list[tuple[str, str]]:
    """The sittings before which a survey can stand, and the points of their agendas."""
    offered = []
    for sitting, points in places_for(snapshot(), table_id):
        day = format_date(sitting.starts_at, "long")
        offered.append((f"seduta.{sitting.id}", f"{sitting.title} ({day})"))
        offered += [(f"punto.{one.id}", f"— {one.rank}. {one.title}") for one in points]
    return offered
