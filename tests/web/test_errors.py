"""Errors: a reason for everybody, a trace for nobody, and no second fault on top of the first."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core.db import Database
from consultazione.core.keys import KeysAway
from tests.support.database_away import away
from tests.support.factories import Factory


@pytest.fixture(autouse=True)
def _zone(make: Factory) -> None:
    assert make.zone


def breaks(_error: object = None) -> str:
    raise RuntimeError("secret path /etc/passwd")


def test_an_unknown_address_says_so_in_italian(client: FlaskClient) -> None:
    answer = client.get("/non-esiste", headers={"Accept-Language": "it"})
    assert answer.status_code == 404
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_below_the_api_an_error_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404


def test_a_fault_shows_a_number_and_nothing_else(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/breaks", view_func=breaks)
    answer = app.test_client().get("/breaks")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "RuntimeError" not in answer.text


def test_without_the_database_pages_ask_for_patience(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "database", Database(write=away, read=away))
    answer = app.test_client().get("/tavoli")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "secret" not in answer.text
    program = app.test_client().get("/api/v1/tables")
    assert (program.status_code, program.mimetype) == (503, "application/problem+json")
    assert program.headers["Retry-After"]
    assert app.test_client().get("/healthz").status_code == 200
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 503
    assert ready.get_json()["database"] == {"ok": False, "error": "OperationalError"}


def test_without_the_store_of_keys_pages_ask_for_patience(app: Flask) -> None:
    def vote() -> str:
        raise KeysAway("the store is away")

    app.add_url_rule("/keys", "keys", vote)
    answer = app.test_client().get("/keys")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_every_answer_carries_the_policy(client: FlaskClient) -> None:
    for path in ("/", "/healthz", "/non-esiste", "/api/v1/openapi.json"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_a_form_that_was_open_too_long_leads_back_to_its_page(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    form = "/proposte/7/osservazioni/nuova"
    headers = {"Referer": "http://localhost/proposte/7"}
    page = client.post(form, data={"body": "Testo"}, headers=headers)
    assert page.status_code == 400
    assert 'href="/accedi?next=/proposte/7"' in page.text
    make.sign_in(client, make.citizen())
    page = client.post(form, data={"body": "Testo"}, headers=headers)
    assert 'href="/proposte/7"' in page.text
    assert "Go back to the page" in page.text
