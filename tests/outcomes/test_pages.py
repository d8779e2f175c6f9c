"""Pages and REST of outcomes."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.outcomes.commands.answering import sign_outcome
from consultazione.outcomes.models import Answer, OutcomeState
from tests.support.factories import PASSWORD, Factory
from tests.support.signoff_board import Board, union_with_delegate


@pytest.fixture
def delegate(client: FlaskClient, board: Board) -> FlaskClient:
    """The browser of the first union's delegate."""
    return board.make.sign_in(client, board.delegates[0])


def form(board: Board, answer: Answer = Answer.SIGNED, **values: str) -> dict[str, str]:
    """The fields that the delegate's form sends."""
    given = {
        "organisation_id": str(board.unions[0].id),
        "digest": board.outcome.digest,
        "answer": answer.value,
        "note": "",
        "password": PASSWORD,
    }
    return {**given, **values}


def test_everybody_reads_the_document_and_the_board(client: FlaskClient, board: Board) -> None:
    board.answer(sign_outcome)
    page = client.get(f"/esiti/{board.outcome_id}").text
    for words in ("Open a desk.", board.outcome.digest, *(u.name for u in board.unions)):
        assert words in page
    assert f'data-follow="outcome:{board.outcome_id}"' in page
    assert 'name="password"' not in page


def test_there_is_no_outcome_of_that_number(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    assert client.get("/esiti/999999").status_code == 404


def test_a_delegate_signs(delegate: FlaskClient, board: Board) -> None:
    page = delegate.get(f"/esiti/{board.outcome_id}").text
    assert 'name="password"' in page
    assert f'name="digest" value="{board.outcome.digest}"' in page
    answer = delegate.post(f"/esiti/{board.outcome_id}/risposta", data=form(board))
    assert answer.location == f"/esiti/{board.outcome_id}"
    assert board.outcome.parties[0].answer is Answer.SIGNED
    assert 'name="password"' not in delegate.get(f"/esiti/{board.outcome_id}").text


@pytest.mark.parametrize("answer", [Answer.SIGNED_WITH_NOTE, Answer.DECLINED])
def test_a_delegate_says_why(delegate: FlaskClient, board: Board, answer: Answer) -> None:
    to = f"/esiti/{board.outcome_id}/risposta"
    assert delegate.post(to, data=form(board, answer)).status_code == 422
    assert delegate.post(to, data=form(board, answer, note="On costs.")).status_code == 302
    assert board.outcome.parties[0].answer is answer
    assert "On costs." in delegate.get(f"/esiti/{board.outcome_id}").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "not this one"},
        {"digest": "0" * 64},
        {"answer": "maybe"},
        {"note": "A note without a place."},
        {"password": ""},
    ],
)
def test_a_refused_answer_keeps_what_was_typed(
    delegate: FlaskClient, board: Board, wrong: dict[str, str]
) -> None:
    sent = {**form(board, note="" if "answer" not in wrong else "Kept."), **wrong}
    page = delegate.post(f"/esiti/{board.outcome_id}/risposta", data=sent)
    assert page.status_code == 422
    assert sent["note"] in page.text
    assert PASSWORD not in page.text
    assert "error-summary" in page.text
    assert board.outcome.parties[0].answer is None


def test_who_speaks_for_two_unions_chooses(client: FlaskClient, make: Factory) -> None:
    first, person = union_with_delegate(make)
    second, _ = union_with_delegate(make)
    make.mandate(person, second)
    outcome = make.outcome()
    page = make.sign_in(client, make.actor(person)).get(f"/esiti/{outcome.id}").text
    assert "<select" in page
    assert first.name in page
    assert second.name in page


def test_visitors_are_asked_to_sign_in(client: FlaskClient, board: Board) -> None:
    answer = client.post(f"/esiti/{board.outcome_id}/risposta", data=form(board))
    assert "/accedi" in answer.location


def test_the_list_of_outcomes(client: FlaskClient, board: Board) -> None:
    other = board.make.outcome("Another.")
    listed = client.get("/esiti").text
    assert f"/esiti/{board.outcome_id}" in listed
    assert f"/esiti/{other.id}" in listed
    earlier = client.get(f"/esiti?prima={other.id}").text
    assert f'/esiti/{other.id}"' not in earlier


def test_an_empty_list_says_so(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    assert 'class="empty"' in client.get("/esiti").text


def test_rest_lists_and_reads_but_does_not_sign(client: FlaskClient, board: Board) -> None:
    listed = client.get("/api/v1/outcomes").json or {}
    assert [item["id"] for item in listed["items"]] == [board.outcome_id]
    one = client.get(f"/api/v1/outcomes/{board.outcome_id}").json or {}
    assert one["state"] == OutcomeState.SIGNING.value
    assert one["document"]["items"][1]["body"] == "Train the carers."
    assert [party["organisation"] for party in one["parties"]] == [u.name for u in board.unions]
    assert client.post(f"/api/v1/outcomes/{board.outcome_id}").status_code == 405
