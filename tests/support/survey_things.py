"""A survey of a table, its questions and those who answer it, by the names of commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from consultazione.core.actor import Actor, Role
from consultazione.surveys.commands.answering import answer_survey
from consultazione.surveys.commands.preparing import (
    add_survey_question,
    open_survey,
    prepare_survey,
)
from consultazione.surveys.models import QuestionKind, Survey
from consultazione.surveys.queries import get_survey
from consultazione.tables.models import ThematicTable
from tests.support.factories import Factory

OPTIONS = ["Di mattina", "Di sera"]
QUESTIONS: Sequence[tuple[QuestionKind, str, Sequence[str]]] = (
    (QuestionKind.SINGLE, "Quando vi trovate?", OPTIONS),
    (QuestionKind.SEVERAL, "Quali giorni vanno bene?", ["Lunedì", "Martedì", "Sabato"]),
    (QuestionKind.SCALE, "Quanto è urgente?", ()),
    (QuestionKind.TEXT, "Che cosa manca?", ()),
)


def prepared_survey(
    make: Factory, table: ThematicTable | None = None, **values: Any
) -> tuple[Survey, Actor]:
    """A survey with a question of each kind that nobody has opened, and who facilitates."""
    table = table or make.table()
    chair = make.holder(Role.FACILITATOR, table.id)
    with make.database.transaction(chair) as tx:
        survey = prepare_survey(tx, table_id=table.id, **{"title": "Gli orari", **values})
        for kind, body, options in QUESTIONS:
            add_survey_question(
                tx, survey_id=survey.id, question_kind=kind, body=body, options=options
            )
    with make.session() as session:
        return get_survey(session, survey.id), chair


def opened_survey(
    make: Factory, table: ThematicTable | None = None, **values: Any
) -> tuple[Survey, Actor]:
    """The same, opened."""
    survey, chair = prepared_survey(make, table, **values)
    with make.database.transaction(chair) as tx:
        open_survey(tx, survey_id=survey.id)
    return survey, chair


def give(make: Factory, survey: Survey, who: Actor, *answers: Sequence[str]) -> None:
    """Have somebody answer the questions in their order."""
    given = {one.id: sent for one, sent in zip(survey.questions, answers, strict=False)}
    with make.database.transaction(who) as tx:
        answer_survey(tx, survey_id=survey.id, answers=given)


def surveyed(make: Factory) -> dict[str, Any]:
    """A survey that is prepared and one of its questions, and one that is open."""
    prepared, _chair = prepared_survey(make)
    opened, _other = opened_survey(make)
    return {
        "survey_id": prepared.id,
        "survey_question_id": prepared.questions[0].id,
        "question_kind": QuestionKind.SCALE.value,
        "add_survey_question.options": [],
        "intro": "Prima della seduta.",
        "least_group": 5,
        "answer_survey.survey_id": opened.id,
        "answer_survey.answers": {opened.questions[0].id: ["0"]},
        "close_survey.survey_id": opened.id,
    }
