"""Pages of surveys: a table's surveys, one to answer, its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from consultazione.core import clock
from consultazione.core.permissions import Permission, may
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.surveys import queries
from consultazione.surveys.blueprint import pages
from consultazione.surveys.commands.answering import answer_survey
from consultazione.surveys.events import survey_stream
from consultazione.surveys.kinds import KINDS
from consultazione.surveys.kinds.text import MOST_LETTERS
from consultazione.surveys.labels import KINDS as KIND_NAMES
from consultazione.surveys.models import Survey
from consultazione.surveys.schemas import SurveyQuestionSchema
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import table_by_slug
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


class _Answers(Schema):
    """The form of a survey has fields of its questions, which their kinds read."""


@pages.get(f"{IN_CYCLE}/tavoli/<slug>/sondaggi")
def of_table(slug: str) -> str:
    """The surveys of a table, the newest first."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    prepares = may_prepare(table)
    return render_template(
        "surveys/of_table.html",
        table=table,
        surveys=queries.surveys_of(snapshot(), table.id, prepared=prepares),
        prepares=prepares,
    )


@pages.get("/sondaggi/<int:survey_id>")
def show(survey_id: int) -> ResponseReturnValue:
    """A survey: its questions while it is open, the numbers afterwards."""
    return page_of(survey_id)


@pages.post("/sondaggi/<int:survey_id>/risposte")
@limiter.limit(WRITING)
@auth.sign_in_required
def answer(survey_id: int) -> ResponseReturnValue:
    """Answer a survey, in the place of an earlier answer.

    The form carries no key against repeats: the same answer twice is one, and nothing of it
    shall be kept beside its row.
    """
    found = readable(survey_id)
    sent = {one.id: _said(f"q{one.id}") for one in found.questions}
    form = Form(_Answers())
    if form.perform(partial(answer_survey, survey_id=survey_id, answers=sent)):
        flash(_("Thank you: your answers count. You can change them until the end."), "success")
        return redirect(url_for("surveys.show", survey_id=survey_id))
    return page_of(survey_id, answers=form, sent=sent)


def _said(field: str) -> list[str]:
    """What a form sent of a question; nothing for the choice that takes an answer back."""
    return [one for one in request.form.getlist(field) if one]


def page_of(
    survey_id: int,
    *,
    answers: Form | None = None,
    sent: Mapping[int, list[str]] | None = None,
    question: Form | None = None,
) -> ResponseReturnValue:
    """The page of a survey, with a form that was refused, if one was."""
    renew_snapshot()
    found = readable(survey_id)
    page_follows(survey_stream(survey_id))
    form = answers or Form(_Answers(), sent=False)
    page = render_template(
        "surveys/show.html",
        survey=found,
        form=form,
        question_form=question or Form(SurveyQuestionSchema(), sent=False),
        kinds=KINDS,
        kind_names=KIND_NAMES,
        most_letters=MOST_LETTERS,
        category_names=CATEGORY_NAMES,
        **_of_reader(found, sent),
    )
    return page, max(form.status, question.status if question else 200)


def readable(survey_id: int) -> Survey:
    """A survey, for everybody once it was opened, before that for who prepares it."""
    found = queries.get_survey(snapshot(), survey_id)
    return found if may_prepare(found.table) else queries.get_opened(snapshot(), survey_id)


def may_prepare(table: ThematicTable) -> bool:
    """True for who prepares surveys of a table, opens and closes them."""
    return may(actor(), Permission.PREPARE_SURVEY, zone_id=table.zone_id, table_id=table.id)


def _of_reader(survey: Survey, sent: Mapping[int, list[str]] | None) -> Mapping[str, object]:
    """What the reader has answered, may do, and may read of short texts."""
    session, person_id = snapshot(), actor().person_id
    given = queries.answered_by(session, survey, person_id) if survey.is_open else {}
    typed = {
        key: [one.words] if one.words else [str(place) for place in one.chosen]
        for key, one in given.items()
    }
    refused = why_not_at(session, survey.table, Deed.SPEAK, person_id, at=clock.now())
    prepares = may_prepare(survey.table)
    return {
        "typed": typed if sent is None else sent,
        "has_answered": bool(given),
        "not_speaking": refused,
        "prepares": prepares,
        "answered": queries.count_participants(session, survey.id) if survey.is_open else 0,
        "texts": queries.kept_texts(session, survey) if prepares else {},
    }
