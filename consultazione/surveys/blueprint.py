"""The blueprints of surveys: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.surveys.models import Survey, SurveyQuestion
from consultazione.tables.models import ThematicTable
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("surveys", __name__)
rest = resource("surveys_api", __name__, "Surveys of tables")

_cycle = select(ThematicTable.cycle_id).join(Survey, Survey.table_id == ThematicTable.id)
_cycle_of_question = _cycle.join(SurveyQuestion, SurveyQuestion.survey_id == Survey.id)
cycle_found_by("survey_id", lambda number: _cycle.where(Survey.id == number))
cycle_found_by(
    "survey_question_id", lambda number: _cycle_of_question.where(SurveyQuestion.id == number)
)
