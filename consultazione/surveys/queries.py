"""Queries on surveys. What a person answered is read for that person alone."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consultazione.core.errors import NotFound
from consultazione.sittings.models import OVER, AgendaPoint, Sitting, SittingState
from consultazione.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyParticipant,
    SurveyQuestion,
    SurveyText,
)
from consultazione.surveys.results import Answer
from consultazione.tables.models import ThematicTable

_WHOLE = (joinedload(Survey.table), selectinload(Survey.questions))
_MOST = 100


def get_survey(session: Session, survey_id: int) -> Survey:
    """A survey with its table and questions; NotFound if there is none."""
    found = session.get(Survey, survey_id, options=_WHOLE)
    if found is None:
        raise NotFound(_("There is no such survey."))
    return found


def get_opened(session: Session, survey_id: int) -> Survey:
    """The same of a survey that was opened; NotFound while it is only prepared."""
    found = get_survey(session, survey_id)
    if found.is_prepared:
        raise NotFound(_("There is no such survey."))
    return found


def get_question(session: Session, survey_question_id: int) -> SurveyQuestion:
    """A question by its id; NotFound if there is none."""
    found = session.get(SurveyQuestion, survey_question_id)
    if found is None:
        raise NotFound(_("There is no such question."))
    return found


def surveys_of(session: Session, table_id: int, *, prepared: bool) -> list[Survey]:
    """The surveys of a table, the newest first; with those that are only prepared, if asked."""
    query = select(Survey).filter_by(table_id=table_id).order_by(Survey.id.desc()).limit(_MOST)
    return list(session.scalars(query if prepared else query.where(Survey.opened_at.is_not(None))))


def surveys_before(session: Session, sitting_id: int) -> list[Survey]:
    """The surveys before a sitting that were opened, with their questions, the oldest first."""
    query = select(Survey).options(*_WHOLE).filter_by(sitting_id=sitting_id)
    query = query.where(Survey.opened_at.is_not(None)).order_by(Survey.id)
    return list(session.scalars(query))


def left_open(session: Session, table_ids: Collection[int]) -> list[Survey]:
    """The surveys of tables that are open though their sitting is over, or their table closed.

    Until one is closed it is known who answered what.
    """
    is_over = Sitting.state.in_(OVER)
    query = (
        select(Survey)
        .join(Survey.table)
        .outerjoin(Survey.sitting)
        .where(Survey.table_id.in_(table_ids), Survey.opened_at.is_not(None))
        .where(Survey.closed_at.is_(None), is_over | ThematicTable.closed_at.is_not(None))
        .order_by(Survey.id)
    )
    return list(session.scalars(query))


def answered_by(session: Session, survey: Survey, person_id: int | None) -> dict[int, SurveyAnswer]:
    """What a person has answered so far, by the id of the question."""
    ids = [question.id for question in survey.questions]
    query = select(SurveyAnswer).where(SurveyAnswer.question_id.in_(ids))
    rows = session.scalars(query.where(SurveyAnswer.person_id == person_id))
    return {row.question_id: row for row in rows}


def count_participants(session: Session, survey_id: int) -> int:
    """How many persons have answered an open survey."""
    query = select(func.count()).select_from(SurveyParticipant).filter_by(survey_id=survey_id)
    return session.scalar(query) or 0


def answers_by_question(session: Session, survey_id: int) -> dict[int, list[Answer]]:
    """What was answered, without names, by the id of the question."""
    query = (
        select(SurveyAnswer.question_id, SurveyParticipant.category, SurveyAnswer.chosen)
        .join(SurveyParticipant, SurveyParticipant.person_id == SurveyAnswer.person_id)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyParticipant.survey_id == survey_id, SurveyQuestion.survey_id == survey_id)
    )
    found: dict[int, list[Answer]] = {}
    for question_id, category, chosen in session.execute(query):
        found.setdefault(question_id, []).append(Answer(category.value, chosen))
    return found


def texts_of(session: Session, survey_id: int, least: int) -> list[tuple[int, str]]:
    """The words that were answered, with the ids of their questions, in no telling order.

    Without those to questions that fewer people have answered.
    """
    of_question = func.count().over(partition_by=SurveyAnswer.question_id).label("answers")
    words = (
        select(SurveyAnswer.question_id, SurveyAnswer.words, of_question)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == survey_id, SurveyAnswer.words.is_not(None))
        .subquery()
    )
    query = select(words.c.question_id, words.c.words).where(words.c.answers >= least)
    return [(one, said) for one, said in session.execute(query.order_by(func.random()))]


def kept_texts(session: Session, survey: Survey) -> dict[int, list[str]]:
    """The words that were answered to a closed survey, by the id of the question."""
    ids = [question.id for question in survey.questions]
    query = select(SurveyText).where(SurveyText.question_id.in_(ids)).order_by(SurveyText.id)
    found: dict[int, list[str]] = {}
    for row in session.scalars(query):
        found.setdefault(row.question_id, []).append(row.body)
    return found


def places_for(session: Session, table_id: int) -> list[tuple[Sitting, list[AgendaPoint]]]:
    """The sittings of a table before which a survey can stand, each with its points."""
    query = (
        select(Sitting)
        .where(Sitting.table_id == table_id, Sitting.state == SittingState.CONVENED)
        .where(Sitting.rehearses.is_(None))
        .order_by(Sitting.starts_at)
        .limit(_MOST)
    )
    return [(one, [p for p in one.agenda if p.removed_reason is None])
            for one in session.scalars(query)]  # fmt: skip
