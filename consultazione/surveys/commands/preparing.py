"""Preparing a survey, which its table alone sees until it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.surveys.events import (
    SurveyDiscarded,
    SurveyOpened,
    SurveyPrepared,
    SurveyQuestionAdded,
    SurveyQuestionRemoved,
    survey_stream,
)
from consultazione.surveys.kinds import KINDS
from consultazione.surveys.locking import locked_survey, require_prepared
from consultazione.surveys.models import QuestionKind, Survey, SurveyQuestion
from consultazione.tables.working import require_working, table_in_hand

LEAST_GROUP = 5
MOST_QUESTIONS = 20


def prepare_survey(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    intro: str = "",
    sitting_id: int | None = None,
    point_id: int | None = None,
    least_group: int = LEAST_GROUP,
) -> Survey:
    """Prepare a survey of a table, before one of its sittings if it is named; without questions.

    point_id: the point of that sitting's agenda beside which it stands. least_group: of fewer
    people nothing is shown. NotFound if there is no such table; Conflict if it is closed; Invalid
    on `sitting_id`, `point_id` or `least_group`.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.PREPARE_SURVEY, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    sitting_id = _sitting_of(tx, table_id, sitting_id, point_id)
    if least_group < LEAST_GROUP:
        told = _("Groups of fewer than %(least)s people could be recognised.", least=LEAST_GROUP)
        raise Invalid.at("least_group", told)
    survey = Survey(
        table_id=table_id,
        sitting_id=sitting_id,
        point_id=point_id,
        title=title,
        intro=intro,
        least_group=least_group,
        prepared_at=tx.now,
    )
    tx.session.add(survey)
    tx.flush()
    prepared = SurveyPrepared(
        survey_id=survey.id,
        table_id=table_id,
        sitting_id=sitting_id,
        point_id=point_id,
        least_group=least_group,
        title=FreeText(title),
        intro=FreeText(intro),
    )
    tx.record(survey_stream(survey.id), prepared)
    return survey


def add_survey_question(
    tx: Transaction,
    *,
    survey_id: int,
    question_kind: QuestionKind,
    body: str,
    options: Sequence[str] = (),
) -> SurveyQuestion:
    """Add a question to a survey that is prepared, behind the others.

    options: what one chooses from; Invalid on it if the kind of question wants others. Conflict if
    the survey was opened, or has as many questions as people answer.
    """
    survey = locked_survey(tx, survey_id, Permission.ADD_SURVEY_QUESTION)
    require_prepared(survey)
    if len(survey.questions) >= MOST_QUESTIONS:
        raise Conflict(_("A survey has %(most)s questions at most.", most=MOST_QUESTIONS))
    KINDS[question_kind].check_options(options)
    question = SurveyQuestion(
        survey_id=survey.id,
        number=max((one.number for one in survey.questions), default=0) + 1,
        kind=question_kind,
        body=body,
        options="\n".join(options),
    )
    tx.session.add(question)
    tx.flush()
    added = SurveyQuestionAdded(
        survey_id=survey.id,
        question_id=question.id,
        number=question.number,
        question_kind=question_kind,
        body=FreeText(body),
        options=FreeText(question.options),
    )
    tx.record(survey_stream(survey.id), added)
    return question


def remove_survey_question(tx: Transaction, *, survey_question_id: int) -> Survey:
    """Take a question out of a survey that is prepared, and return that. Conflict if it is open."""
    found = tx.session.get(SurveyQuestion, survey_question_id)
    if found is None:
        raise NotFound(_("There is no such question."))
    survey = locked_survey(tx, found.survey_id, Permission.REMOVE_SURVEY_QUESTION)
    require_prepared(survey)
    tx.session.execute(delete(SurveyQuestion).where(SurveyQuestion.id == survey_question_id))
    removed = SurveyQuestionRemoved(survey_id=survey.id, question_id=survey_question_id)
    tx.record(survey_stream(survey.id), removed)
    return survey


def open_survey(tx: Transaction, *, survey_id: int) -> Survey:
    """Have people answer a survey; its questions stand. Conflict without any, or if it is open."""
    survey = locked_survey(tx, survey_id, Permission.OPEN_SURVEY)
    require_prepared(survey)
    require_working(survey.table)
    if not survey.questions:
        raise Conflict(_("Add a question first."))
    survey.opened_at = tx.now
    tx.record(survey_stream(survey.id), SurveyOpened(survey_id=survey.id))
    return survey


def discard_survey(tx: Transaction, *, survey_id: int) -> int:
    """Throw a survey away that was never opened; returns the id of its table."""
    survey = locked_survey(tx, survey_id, Permission.DISCARD_SURVEY)
    require_prepared(survey)
    table_id = survey.table_id
    discarded = SurveyDiscarded(
        survey_id=survey.id, question_ids=[question.id for question in survey.questions]
    )
    tx.session.execute(delete(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id))
    tx.session.execute(delete(Survey).where(Survey.id == survey_id))
    tx.record(survey_stream(survey_id), discarded)
    return table_id


def _sitting_of(
    tx: Transaction, table_id: int, sitting_id: int | None, point_id: int | None
) -> int | None:
    """The sitting that a survey is about: of its point, if that alone is named."""
    if point_id is not None:
        point = tx.session.get(AgendaPoint, point_id)
        if point is None or (sitting_id or point.sitting_id) != point.sitting_id:
            raise Invalid.at("point_id", _("Choose a point of that sitting."))
        sitting_id = point.sitting_id
    if sitting_id is None:
        return None
    at_table = select(Sitting.id).filter_by(id=sitting_id, table_id=table_id, rehearses=None)
    if tx.session.scalar(at_table) is None:
        name = "point_id" if point_id is not None else "sitting_id"
        raise Invalid.at(name, _("Choose a sitting of this table."))
    return sitting_id
