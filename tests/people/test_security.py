"""What protects sign-in: CSRF protection, the rate limit, the cookie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from consultazione.config import Settings
from consultazione.core.db import Database
from consultazione.web.security import limiter
from tests.support.applications import new_app
from tests.support.factories import PASSWORD, Factory


@pytest.fixture
def guarded(app: Flask, make: Factory) -> FlaskClient:
    """A browser of the application with CSRF protection, as in production."""
    assert make.zone.id
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


@pytest.fixture
def limited(settings: Settings, database: Database, make: Factory) -> Iterator[Flask]:
    """The application with its rate limits, which other tests switch off."""
    assert make.zone.id
    app = new_app(replace(settings, testing=False), database)
    yield app
    limiter.reset()
    limiter.enabled = False


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="(.+?)"', page)
    assert found
    return found[1]


def test_a_form_without_its_token_is_refused(guarded: FlaskClient, make: Factory) -> None:
    form = {"email": make.person().email, "password": PASSWORD}
    assert guarded.post("/accedi", data=form).status_code == 400
    assert guarded.get("/profilo").status_code == 302
    form["csrf_token"] = token_in(guarded.get("/accedi").text)
    assert guarded.post("/accedi", data=form).status_code == 302
    assert guarded.get("/profilo").status_code == 200


def test_the_token_of_another_browser_does_not_count(guarded: FlaskClient, make: Factory) -> None:
    other = guarded.application.test_client()
    guarded.get("/accedi")
    form = {"csrf_token": token_in(other.get("/accedi").text)}
    answer = guarded.post(
        "/accedi", data={**form, "email": make.person().email, "password": PASSWORD}
    )
    assert answer.status_code == 400


def test_every_form_of_a_page_carries_the_token(guarded: FlaskClient, make: Factory) -> None:
    make.sign_in(guarded, make.citizen())
    page = guarded.get("/profilo").text
    forms = re.findall(r'<form method="post".*?</form>', page, re.DOTALL)
    assert len(forms) >= 3
    assert all('name="csrf_token"' in form for form in forms)


def test_attempts_to_sign_in_are_limited(limited: Flask, make: Factory) -> None:
    client, email = limited.test_client(), make.person().email
    attempts = [
        client.post("/accedi", data={"email": email, "password": "a guess"}).status_code
        for _ in range(11)
    ]
    assert attempts == [422] * 10 + [429]
    right = client.post("/accedi", data={"email": email, "password": PASSWORD})
    assert right.status_code == 429
    assert client.get("/accedi").status_code == 200


def test_guesses_at_one_account_are_limited_wherever_they_come_from(
    limited: Flask, make: Factory
) -> None:
    email = make.person().email
    guess = {"email": email, "password": "a guess"}

    def answer(address: str, form: dict[str, str | None]) -> int:
        client = limited.test_client()
        return client.post("/accedi", data=form, environ_base={"REMOTE_ADDR": address}).status_code

    answers = [answer(f"192.0.2.{number}", guess) for number in range(31)]
    assert set(answers[:30]) == {422}
    assert answers[30] == 429
    other = {"email": make.person().email, "password": PASSWORD}
    assert answer("192.0.2.99", other) == 302


def test_guesses_at_the_code_of_a_hall_are_limited_for_each_alone(
    limited: Flask, make: Factory
) -> None:
    one, other = (make.sign_in(limited.test_client(), make.citizen()) for _ in range(2))
    answers = [one.post("/entra", data={"code": "ABC 234"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert other.post("/entra", data={"code": "ABC 234"}).status_code == 422


def test_the_limit_is_shared_by_all_processes(limited: Flask, settings: Settings) -> None:
    limited.test_client().post("/accedi", data={"email": "a@example.org", "password": "a guess"})
    kept = Redis.from_url(settings.require_redis_url()).keys("LIMITS*")
    assert kept


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(
    client: FlaskClient, make: Factory
) -> None:
    form = {"email": make.person().email, "password": PASSWORD}
    assert make.zone.id
    cookie = client.post("/accedi", data=form).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_is_secure(
    settings: Settings, database: Database, make: Factory
) -> None:
    assert make.zone.id
    app = new_app(replace(settings, public_url="https://zona.example"), database)
    form = {"email": make.person().email, "password": PASSWORD}
    answer = app.test_client().post("/accedi", data=form, base_url="https://zona.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_pages_of_somebody_signed_in_are_kept_by_no_cache(
    client: FlaskClient, make: Factory
) -> None:
    make.sign_in(client, make.citizen())
    assert client.get("/profilo").headers["Cache-Control"] == "no-store"


def test_signing_in_renews_the_cookie(client: FlaskClient, make: Factory) -> None:
    """What an attacker planted in the browser before sign-in is dropped (session fixation)."""
    assert make.zone.id
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    client.post("/accedi", data={"email": make.person().email, "password": PASSWORD})
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "key" in cookie


@pytest.mark.parametrize(
    "address", ["/profilo/chiavi", "/profilo/chiavi/1/elimina", "/profilo/altri-accessi"]
)
def test_what_an_account_writes_is_limited(limited: Flask, make: Factory, address: str) -> None:
    client = make.sign_in(limited.test_client(), make.citizen())
    answers = [client.post(address).status_code for _ in range(31)]
    assert 429 not in answers[:30]
    assert answers[30] == 429


def test_the_cookie_travels_with_no_answer_that_others_may_keep(
    guarded: FlaskClient, make: Factory
) -> None:
    person = make.person()
    form = {"csrf_token": token_in(guarded.get("/accedi").text)}
    signed_in = guarded.post("/accedi", data={**form, "email": person.email, "password": PASSWORD})
    assert "Set-Cookie" in signed_in.headers
    guarded.get("/profilo")
    for address in ("/static/css/consultazione.css", "/api/v1/zone", "/healthz", "/profilo"):
        with guarded.get(address) as answer:
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers, address
