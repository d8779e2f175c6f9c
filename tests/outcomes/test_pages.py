"""Pages and REST of outcomes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from flask_babel import force_locale

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.outcomes.answers import state_of
from consultazione.outcomes.commands.answering import sign_outcome
from consultazione.outcomes.models import Answer, OutcomeState
from tests.support.factories import PASSWORD, Factory
from tests.support.signoff_board import Board, union_with_delegate
from workers.loops.sweeps import sign_off_sweep


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
    assert 'name="password"' not in page
    assert f'name="digest" value="{board.outcome.digest}"' in page
    summary = delegate.post(f"/esiti/{board.outcome_id}/riepilogo", data=form(board)).text
    assert 'name="password"' in summary
    assert board.outcome.parties[0].answer is None
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


def item_fields(board: Board, rank: int, answer: str, note: str = "") -> dict[str, str]:
    """What the form sends for a conclusion that is answered otherwise than the rest."""
    item = board.outcome.items[rank - 1]
    return {f"answer_{item.id}": answer, f"note_{item.id}": note}


def test_the_summary_says_what_is_signed_and_the_answer_is_just_that(
    delegate: FlaskClient, board: Board
) -> None:
    fields = form(board, **item_fields(board, 2, "declined", "No money in it."))
    page = delegate.post(f"/esiti/{board.outcome_id}/riepilogo", data=fields).text
    for words in ("Open a desk.", "Train the carers.", "No money in it.", board.unions[0].name):
        assert words in page
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    sent = {**{name: kept[name] for name in fields if name in kept}, "password": PASSWORD}
    assert delegate.post(f"/esiti/{board.outcome_id}/risposta", data=sent).status_code == 302
    outcome = board.outcome
    (own,) = outcome.parties[0].otherwise
    assert (own.item_id, own.answer) == (outcome.items[1].id, Answer.DECLINED)
    board_page = delegate.get(f"/esiti/{board.outcome_id}").text
    assert board.delegates[0].display_name in board_page
    assert "No money in it." in board_page


def test_who_goes_back_from_the_summary_finds_what_they_typed(
    delegate: FlaskClient, board: Board
) -> None:
    fields = form(board, Answer.DECLINED, note="Kept.", change="yes")
    page = delegate.post(f"/esiti/{board.outcome_id}/riepilogo", data=fields)
    assert page.status_code == 200
    assert "Kept." in page.text
    assert 'name="password"' not in page.text


@pytest.mark.parametrize(
    ("answer", "note"),
    [("declined", ""), ("signed", "No place."), ("silent", "x"), ("as_all", "x")],
)
def test_a_wrong_answer_to_one_conclusion_is_named_before_the_password(
    delegate: FlaskClient, board: Board, answer: str, note: str
) -> None:
    fields = form(board, **item_fields(board, 1, answer, note))
    page = delegate.post(f"/esiti/{board.outcome_id}/riepilogo", data=fields)
    assert page.status_code == 422
    assert "error-summary" in page.text
    assert 'name="password"' not in page.text


def test_a_wrong_password_leads_back_to_the_summary(delegate: FlaskClient, board: Board) -> None:
    fields = form(board, Answer.DECLINED, note="Kept.", password="not this one")
    page = delegate.post(f"/esiti/{board.outcome_id}/risposta", data=fields)
    assert page.status_code == 422
    assert 'name="password"' in page.text
    assert 'name="note" value="Kept."' in page.text


def test_who_may_not_answer_gets_no_summary(client: FlaskClient, board: Board) -> None:
    stranger = board.make.sign_in(client, board.make.citizen())
    page = stranger.post(f"/esiti/{board.outcome_id}/riepilogo", data=form(board))
    assert 'name="password"' not in page.text


def test_a_silence_is_shown_as_silence(client: FlaskClient, board: Board) -> None:
    board.answer(sign_outcome)
    board.overdue()
    sign_off_sweep(board.make.database).turn()
    with client.application.test_request_context(), force_locale("it"):
        told = state_of(board.outcome)
    for page in (f"/esiti/{board.outcome_id}", "/esiti"):
        text = client.get(page).text
        assert told in text
        assert "state--success" not in text.split("<table")[0]


def test_the_chair_moves_the_day_and_ends_the_sign_off(client: FlaskClient, board: Board) -> None:
    make, path = board.make, f"/esiti/{board.outcome_id}"
    make.sign_in(client, make.holder(Role.FACILITATOR, board.outcome.table_id))
    page = client.get(path).text
    assert f"{path}/scadenza" in page
    assert f"{path}/chiusura" in page
    day = clock.today() + timedelta(days=40)
    sent = {"due_on": day.isoformat(), "reason": "Summer."}
    wrong = client.post(f"{path}/scadenza", data={**sent, "reason": ""})
    assert wrong.status_code == 422
    assert client.post(f"{path}/scadenza", data=sent).location == path
    assert board.outcome.due_on == day
    assert client.post(f"{path}/chiusura", data={"reason": ""}).status_code == 422
    assert client.post(f"{path}/chiusura", data={"reason": "Enough."}).location == path
    page = client.get(path).text
    assert "Enough." in page
    assert f"{path}/chiusura" not in page


@pytest.mark.parametrize("what", ["scadenza", "chiusura"])
def test_nobody_else_gets_these_pages(delegate: FlaskClient, board: Board, what: str) -> None:
    assert delegate.get(f"/esiti/{board.outcome_id}/{what}").status_code == 403
    assert f"/{what}" not in delegate.get(f"/esiti/{board.outcome_id}").text


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
    assert one["tally"]["awaited"] == 2
    assert one["due_on"] == board.outcome.due_on.isoformat()
    assert [item["declined_by"] for item in one["items"]] == [[], []]
    assert [party["organisation"] for party in one["parties"]] == [u.name for u in board.unions]
    assert client.post(f"/api/v1/outcomes/{board.outcome_id}").status_code == 405
