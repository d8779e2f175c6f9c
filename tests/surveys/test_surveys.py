"""A table asks short questions; who answered what is told to nobody, and erased at the end."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.log import EntryRow
from consultazione.people.models import Category
from consultazione.surveys.commands.answering import answer_survey, close_survey
from consultazione.surveys.commands.preparing import (
    add_survey_question,
    discard_survey,
    open_survey,
    prepare_survey,
    remove_survey_question,
)
from consultazione.surveys.models import QuestionKind, SurveyAnswer, SurveyParticipant, SurveyText
from consultazione.surveys.queries import get_survey
from consultazione.surveys.results import Answer, result_of
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.survey_things import OPTIONS, give, opened_survey, prepared_survey

WORDS = "Manca un autobus la sera."


def test_a_survey_is_answered_and_only_numbers_are_shown(
    client: FlaskClient, make: Factory
) -> None:
    table = make.table()
    sitting = make.sitting(table)
    point = sitting.agenda[1]
    survey, chair = opened_survey(make, table, point_id=point.id)
    people = [make.delegate(Category.APS) for _ in range(5)] + [make.citizen() for _ in range(6)]
    for number, person in enumerate(people):
        give(make, survey, person, [str(number % 2)], ["0", "2"], ["4"], [WORDS] * (number < 6))
    give(make, survey, people[0], ["1"], ["1"], [], [WORDS])  # in the place of the former one
    make.sign_in(client, people[0])
    page = f"/sondaggi/{survey.id}"
    assert 'value="1" checked' in client.get(page).text
    assert "Chiudi il sondaggio" not in client.get(page).text
    with make.database.transaction(chair) as tx:
        close_survey(tx, survey_id=survey.id)
    with make.session() as session:
        for table_of in (SurveyAnswer, SurveyParticipant):
            assert session.scalar(select(func.count()).select_from(table_of)) == 0
        assert session.scalar(select(func.count()).select_from(SurveyText)) == 6
        closed = get_survey(session, survey.id)
        assert closed.participants == 11
        answered = session.scalars(select(EntryRow).filter_by(kind="survey.answered")).all()
        assert {row.actor_id for row in answered} == {None}
        assert {tuple(row.data) for row in answered} == {("survey_id",)}
    single = closed.results[str(survey.questions[0].id)]
    assert single["counts"] == [5, 6]
    assert single["by_category"]["aps"] == [5, [2, 3]]
    shown = client.get(page).text
    assert OPTIONS[0] in shown
    assert WORDS not in shown
    beside = client.get(f"/sedute/{sitting.id}").text
    assert f'href="#sondaggio-{survey.id}"' in beside
    assert OPTIONS[0] in beside
    assert client.get(f"/api/v1/surveys/{survey.id}").json["participants"] == 11
    make.sign_in(client, chair)
    assert client.get(page).text.count(WORDS) == 6


def test_of_few_people_nothing_is_kept(make: Factory) -> None:
    survey, chair = opened_survey(make)
    for _ in range(4):
        give(make, survey, make.citizen(), ["0"], [], [], [WORDS])
    with make.database.transaction(chair) as tx:
        closed = close_survey(tx, survey_id=survey.id)
    assert (closed.participants, closed.results) == (4, None)
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(SurveyText)) == 0
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        close_survey(tx, survey_id=survey.id)
    with pytest.raises(Conflict):
        give(make, survey, make.citizen(), ["0"])


def test_who_runs_the_table_is_told_what_closing_does(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    sitting = make.sitting(table)
    survey, chair = opened_survey(make, table, point_id=sitting.agenda[0].id)
    give(make, survey, make.citizen(), ["0"])
    make.sign_in(client, chair)
    page, home = f"/sondaggi/{survey.id}", f"{make.here}/"
    assert "di tutte le risposte non resta niente" in client.get(page).text
    for _ in range(4):
        give(make, survey, make.citizen(), ["0"])
    assert "di tutte le risposte non resta niente" not in client.get(page).text
    assert page not in client.get(home).text
    make.held(sitting)
    assert f'href="{page}"' in client.get(home).text


def test_an_answer_can_be_taken_back_and_an_error_leads_to_its_question(
    client: FlaskClient, make: Factory
) -> None:
    survey, _chair = opened_survey(make)
    make.sign_in(client, make.citizen())
    single, _several, scale, text = (f"q{one.id}" for one in survey.questions)
    page, send = f"/sondaggi/{survey.id}", f"/sondaggi/{survey.id}/risposte"
    assert client.post(send, data={single: "1", scale: "2"}).status_code == 302
    assert client.post(send, data={single: "", scale: "2"}).status_code == 302
    assert f'id="{single}-none" name="{single}" value="" checked' in client.get(page).text
    refused = client.post(send, data={text: "Un segno\x0cche non si vede."})
    assert f'href="#field-{text}"' in refused.text
    assert f'id="field-{text}"' in refused.text


def test_the_rest_of_a_breakdown_is_never_a_few() -> None:
    """Who knows the whole and the parts but one knows that one too."""

    def shown(**sizes: int) -> set[str]:
        answers = [Answer(name, [0]) for name, size in sizes.items() for _ in range(size)]
        return set(result_of(answers, 2, least=5)["by_category"])

    assert shown(citizens=8, aps=6) == {"citizens", "aps"}
    assert shown(citizens=8, aps=6, union=5) == {"citizens", "aps", "union"}
    assert shown(citizens=8, aps=6, union=3) == {"citizens"}
    assert shown(citizens=8, aps=3, union=3) == {"citizens"}
    assert shown(citizens=8, union=3) == set()
    assert shown(citizens=8) == set()
    assert result_of([Answer("aps", [0])] * 4, 2, least=5)["counts"] is None


def test_a_survey_that_is_prepared_is_nobody_elses(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    survey, chair = prepared_survey(make, table)
    page, listed = f"/sondaggi/{survey.id}", f"{make.here}/tavoli/{table.slug}/sondaggi"
    make.sign_in(client, make.citizen())
    assert client.get(page).status_code == 404
    assert survey.title not in client.get(listed).text
    assert client.get(f"/api/v1/surveys/{survey.id}").status_code == 404
    assert client.get(f"{listed}/nuovo").status_code == 403
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        open_survey(tx, survey_id=survey.id)
    make.sign_in(client, chair)
    assert survey.title in client.get(listed).text
    wrong = {"question_kind": "single", "body": "Quale preferite?", "options": "Una sola"}
    refused = client.post(f"{page}/domande", data=wrong)
    assert refused.status_code == 422
    assert "Quale preferite?" in refused.text
    right = {**wrong, "options": "Una\nDue"}
    assert client.post(f"{page}/domande", data=right).status_code == 302
    assert client.post(f"{page}/apri").status_code == 302
    make.sign_in(client, make.citizen())
    assert "Quale preferite?" in client.get(page).text
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        remove_survey_question(tx, survey_question_id=survey.questions[0].id)
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        discard_survey(tx, survey_id=survey.id)
    sent = {f"q{survey.questions[0].id}": "7"}
    assert client.post(f"{page}/risposte", data=sent).status_code == 422
    assert client.post(f"{page}/risposte", data={}).status_code == 422


def test_what_was_never_opened_is_thrown_away(make: Factory) -> None:
    survey, chair = prepared_survey(make)
    with make.database.transaction(chair) as tx:
        remove_survey_question(tx, survey_question_id=survey.questions[0].id)
        discard_survey(tx, survey_id=survey.id)
    empty, chair = prepared_survey(make)
    with make.database.transaction(chair) as tx:
        for question in empty.questions:
            remove_survey_question(tx, survey_question_id=question.id)
    with pytest.raises(Conflict, match="first"), make.database.transaction(chair) as tx:
        open_survey(tx, survey_id=empty.id)


def test_who_may_and_what_can_be_asked(make: Factory) -> None:
    table = make.table(rule=TableRule(speak=Who.ORGANISATIONS))
    survey, chair = opened_survey(make, table)
    with pytest.raises(NotAllowed):
        give(make, survey, make.citizen(), ["0"])
    at = {"survey_id": survey.id}
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        add_survey_question(tx, **at, question_kind=QuestionKind.SCALE, body="E ancora?")
    elsewhere = make.sitting()
    for place in ({"sitting_id": elsewhere.id}, {"point_id": elsewhere.agenda[0].id}):
        with pytest.raises(Invalid), make.database.transaction(chair) as tx:
            prepare_survey(tx, table_id=table.id, title="Altrove", **place)
    other, chair = opened_survey(make)
    with pytest.raises(Invalid), make.database.transaction(make.citizen()) as tx:
        answer_survey(tx, survey_id=other.id, answers={other.questions[0].id: ["0", "1"]})
    with pytest.raises(Invalid, match="least one"), make.database.transaction(chair) as tx:
        answer_survey(tx, survey_id=other.id, answers={survey.questions[0].id: ["0"]})
