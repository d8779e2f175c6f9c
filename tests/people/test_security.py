"""What protects sign-in: CSRF protection, the rate limit, the cookie."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.people.commands.accounts import start_sign_in
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
def limited(
    settings: Settings, database: Database, make: Factory, valkey_url: str
) -> Iterator[Flask]:
    """The application with its rate limits, which other tests switch off."""
    assert make.zone.id
    app = new_app(replace(settings, testing=False), database)
    yield app
    Redis.from_url(valkey_url).flushdb()  # a web process may not look for keys
    limiter.enabled = False


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="(.+?)"', page)
    assert found
    return found[1]


def register(app: Flask, email: str) -> int:
    """Open an account, as a browser of its own does; the status of the answer."""
    form = {"email": email, "display_name": "Anna", "password": "una frase che ricordo"}
    return app.test_client().post("/registrati", data=form).status_code


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


def test_guesses_at_the_code_of_a_hall_are_limited_for_each_alone(
    limited: Flask, make: Factory
) -> None:
    one, other = (make.sign_in(limited.test_client(), make.citizen()) for _ in range(2))
    answers = [one.post("/entra", data={"code": "ABC 234"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert other.post("/entra", data={"code": "ABC 234"}).status_code == 422


def test_the_limit_is_shared_by_all_processes(limited: Flask, valkey_url: str) -> None:
    assert register(limited, "a@example.org") == 302
    kept = Redis.from_url(valkey_url).keys("LIMITS*")
    assert kept


def test_a_crowd_is_counted_exactly(limited: Flask, valkey_url: str) -> None:
    """Who finds no free connection to Valkey waits for one; nobody counts in memory alone."""

    def ask(_number: int) -> int:
        return limited.test_client().post("/profilo/chiavi").status_code

    with ThreadPoolExecutor(120) as crowd:
        assert Counter(crowd.map(ask, range(120))) == {302: 30, 429: 90}
    redis: Any = Redis.from_url(valkey_url)
    assert [int(redis.get(key)) for key in redis.keys("LIMITS*")] == [120]


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(
    client: FlaskClient, make: Factory
) -> None:
    form = {"email": make.person().email, "password": PASSWORD}
    assert make.zone.id
    cookie = client.post("/accedi", data=form).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


@pytest.fixture
def https(settings: Settings, database: Database, make: Factory) -> FlaskClient:
    """A browser of a site whose public address is https."""
    assert make.zone.id
    app = new_app(replace(settings, public_url="https://zona.example"), database)
    return app.test_client()


def test_behind_https_every_cookie_is_of_this_host_alone(https: FlaskClient, make: Factory) -> None:
    form = {"email": make.person().email, "password": PASSWORD}
    answer = https.post("/accedi", data=form, base_url="https://zona.example")
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "Path=/;" in f"{cookie};"
        assert "Domain" not in cookie
    assert https.get("/profilo", base_url="https://zona.example").status_code == 200


def test_behind_https_browsers_keep_to_tls_below_this_host_too(https: FlaskClient) -> None:
    told = https.get("/accedi", base_url="https://zona.example").headers
    assert told["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_cookie_of_before_the_prefix_is_ignored(https: FlaskClient, make: Factory) -> None:
    """Else a neighbouring host could plant one. The browser signs in again, and nothing breaks."""
    here = "https://zona.example"
    serializer = https.application.session_interface.get_signing_serializer(https.application)
    assert serializer is not None
    with make.database.transaction(SYSTEM) as tx:
        key = start_sign_in(tx, person_id=make.person().id, device="test")
    https.set_cookie("consultazione", serializer.dumps({"key": key}), domain="zona.example")
    assert https.get("/profilo", base_url=here).status_code == 302
    form = {"email": make.person().email, "password": PASSWORD}
    assert https.post("/accedi", data=form, base_url=here).status_code == 302
    assert https.get("/profilo", base_url=here).status_code == 200


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
