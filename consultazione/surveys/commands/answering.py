"""Answering a survey, and closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.actor import SYSTEM
from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.people.queries import lock_voice
from consultazione.surveys.events import SurveyAnswered, SurveyClosed, survey_stream
from consultazione.surveys.kinds import KINDS
from consultazione.surveys.kinds.base import Given
from consultazione.surveys.locking import locked_survey, require_open, require_speaking
from consultazione.surveys.models import Survey, SurveyAnswer, SurveyParticipant, SurveyText
from consultazione.surveys.queries import answers_by_question, count_participants, texts_of
from consultazione.surveys.results import result_of


def answer_survey(
    tx: Transaction, *, survey_id: int, answers: Mapping[int, Sequence[str]]
) -> Survey:
    """Answer an open survey, in the place of what one answered before.

    answers: what was chosen (places from 0 on) or written, by the id of the question; a question
    without answer is left out. The entry in the log names nobody and says nothing of the answers.
    NotAllowed for whom the table's rule does not let speak; Conflict unless the survey is open;
    Invalid on `q<id>` for what is no answer to a question, on the whole if there is none at all.
    """
    survey = locked_survey(tx, survey_id, Permission.ANSWER_SURVEY, shared=True)
    person_id = require_speaking(tx, survey)
    require_open(survey)
    given = _read(survey, answers)
    voice = lock_voice(tx, person_id, zone_id=survey.table.zone_id)
    participant = insert(SurveyParticipant).values(
        survey_id=survey.id, person_id=person_id, category=voice.category
    )
    tx.session.execute(
        participant.on_conflict_do_update(
            constraint="pk_survey_participant", set_={"category": voice.category}
        )
    )
    _forget(tx, survey, person_id)  # under the lock of the row above: one who sends twice waits
    for question_id, one in given.items():
        values = {"chosen": list(one.chosen), "words": one.words or None}
        row = insert(SurveyAnswer).values(question_id=question_id, person_id=person_id, **values)
        stored = row.on_conflict_do_update(constraint="pk_survey_answer", set_=values)
        tx.session.execute(stored)
    with tx.acting_as(SYSTEM):
        tx.record(survey_stream(survey.id), SurveyAnswered(survey_id=survey.id))
    return survey


def close_survey(tx: Transaction, *, survey_id: int) -> Survey:
    """Take no more answers, keep the numbers, and erase who answered what.

    Short texts stay without names for who runs the table. Of fewer people than the survey's least
    group neither numbers nor texts are kept. Conflict unless the survey is open.
    """
    survey = locked_survey(tx, survey_id, Permission.CLOSE_SURVEY)
    require_open(survey)
    participants = count_participants(tx.session, survey.id)
    survey.closed_at, survey.participants = tx.now, participants
    if participants >= survey.least_group:
        survey.results = _results(tx, survey)
        tx.session.add_all(
            SurveyText(question_id=question_id, body=words)
            for question_id, words in texts_of(tx.session, survey.id, survey.least_group)
        )
    _forget(tx, survey)
    tx.session.execute(delete(SurveyParticipant).filter_by(survey_id=survey.id))
    closed = SurveyClosed(
        survey_id=survey.id,
        participants=participants,
        results_sha256=sha256_of(survey.results) if survey.results else None,
    )
    tx.record(survey_stream(survey.id), closed)
    return survey


def _read(survey: Survey, answers: Mapping[int, Sequence[str]]) -> dict[int, Given]:
    """What was answered to which question; questions of other surveys are nobody's."""
    read = {
        question.id: KINDS[question.kind].read(
            question.choices, answers.get(question.id, ()), field=f"q{question.id}"
        )
        for question in survey.questions
    }
    given = {question_id: one for question_id, one in read.items() if one != Given()}
    if not given:
        raise Invalid(_("Answer at least one question."))
    return given


def _results(tx: Transaction, survey: Survey) -> dict[str, object]:
    """The numbers of each question, by its id as text."""
    found = answers_by_question(tx.session, survey.id)
    return {
        str(question.id): result_of(
            found.get(question.id, []),
            len(KINDS[question.kind].labels(question.choices)),
            least=survey.least_group,
        )
        for question in survey.questions
    }


def _forget(tx: Transaction, survey: Survey, person_id: int | None = None) -> None:
    """Delete what was answered: by everybody, or by one person."""
    ids = [question.id for question in survey.questions]
    unwanted = delete(SurveyAnswer).where(SurveyAnswer.question_id.in_(ids))
    if person_id is not None:
        unwanted = unwanted.where(SurveyAnswer.person_id == person_id)
    tx.session.execute(unwanted)
