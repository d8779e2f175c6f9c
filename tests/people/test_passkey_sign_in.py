"""A passkey as the only step, as the second one, and what no passkey of theirs signed."""

from __future__ import annotations

import json

import cbor2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from consultazione.people.models import Person
from tests.support.authenticator import Authenticator
from tests.support.factories import PASSWORD, Factory
from tests.support.second_steps import PAGE, first_step, hidden, options_in

SECOND = "/accedi/secondo-passaggio"


@pytest.fixture
def person(make: Factory) -> Person:
    """Somebody with an account."""
    assert make.zone.id
    return make.person()


@pytest.fixture
def key(client: FlaskClient, make: Factory, person: Person) -> Authenticator:
    """Their passkey, which they added where they are signed in."""
    made = Authenticator("http://localhost")
    page = make.sign_in(client, make.actor(person)).get("/profilo/passkey").text
    answer = client.post(
        "/profilo/passkey",
        data={
            "label": "Telefono",
            "password": PASSWORD,
            "word": hidden(page, "word"),
            "assertion": made.make(options_in(page)),
        },
    )
    assert answer.status_code == 302, answer.text
    return made


@pytest.fixture
def elsewhere(app: Flask) -> FlaskClient:
    """Another browser of theirs."""
    return app.test_client()


def by_passkey(client: FlaskClient, key: Authenticator, path: str = "/accedi") -> dict[str, str]:
    """The form that a page's script would send."""
    page = client.get(path).text
    return {"word": hidden(page, "word"), "assertion": key.sign(options_in(page))}


def test_a_passkey_signs_in_alone_and_once(elsewhere: FlaskClient, key: Authenticator) -> None:
    form = by_passkey(elsewhere, key)
    assert elsewhere.post("/accedi/passkey", data=form).location == "/"
    assert "con una passkey" in elsewhere.get("/profilo").text
    elsewhere.post("/esci")
    assert elsewhere.post("/accedi/passkey", data=form).location == "/accedi"
    assert elsewhere.get("/profilo").status_code == 302


def test_what_no_passkey_signed_lets_nobody_in(elsewhere: FlaskClient, key: Authenticator) -> None:
    stranger = Authenticator("http://localhost")
    foreign = Authenticator("http://evil.example")
    foreign._key, foreign.credential_id = key._key, key.credential_id
    unseen = Authenticator("http://localhost", verifies=False)
    unseen._key, unseen.credential_id = key._key, key.credential_id
    for wrong in (stranger, foreign, unseen):
        form = by_passkey(elsewhere, wrong)
        assert elsewhere.post("/accedi/passkey", data=form).location == "/accedi"
    for assertion in ("", "{}", "[", '{"id": "%%%"}', "[" * 5000, "[" * 100_000):
        form = by_passkey(elsewhere, key) | {"assertion": assertion}
        assert elsewhere.post("/accedi/passkey", data=form).location == "/accedi"
    assert elsewhere.get("/profilo").status_code == 302


@pytest.mark.parametrize(
    "attestation",
    [
        pytest.param({"fmt": "packed", "attStmt": {"alg": -7, "sig": b"", "x5c": []}}, id="list"),
        pytest.param({"fmt": "android-safetynet", "attStmt": {"ver": 5, "response": 5}}, id="word"),
        pytest.param({"fmt": "none", "attStmt": {}, "authData": b"\x81" * 9000}, id="nested"),
    ],
)
def test_what_was_made_to_break_the_library_is_refused(
    client: FlaskClient, make: Factory, person: Person, attestation: dict[str, object]
) -> None:
    page = make.sign_in(client, make.actor(person)).get("/profilo/passkey").text
    answer = json.loads(Authenticator("http://localhost").make(options_in(page)))
    told = cbor2.loads(base64url_to_bytes(answer["response"]["attestationObject"]))
    broken = bytes_to_base64url(cbor2.dumps(told | attestation))
    answer["response"]["attestationObject"] = broken
    form = {"label": "Telefono", "password": PASSWORD, "word": hidden(page, "word")}
    refused = client.post("/profilo/passkey", data=form | {"assertion": json.dumps(answer)})
    assert refused.status_code == 422
    assert "La risposta della passkey" in refused.text


def test_a_passkey_is_the_second_step_of_who_wants_it(
    client: FlaskClient, elsewhere: FlaskClient, person: Person, key: Authenticator
) -> None:
    assert client.post(f"{PAGE}/passkey", data={"password": "not it"}).status_code == 422
    assert client.post(f"{PAGE}/passkey", data={"password": PASSWORD}).status_code == 200
    assert first_step(elsewhere, person.email) == SECOND
    other = by_passkey(elsewhere, Authenticator("http://localhost"), SECOND)
    assert elsewhere.post(SECOND, data=other).status_code == 422
    form = by_passkey(elsewhere, key, SECOND)
    assert elsewhere.post(SECOND, data=form).location == "/"
    assert "con la password e una passkey" in elsewhere.get("/profilo").text
    (number,) = set(client.get("/profilo/passkey").text.split("passkey/")[1:2])
    refused = client.post(f"/profilo/passkey/{number.split('/')[0]}/rimuovi", follow_redirects=True)
    assert "prima disattiva il secondo passaggio" in refused.text


def test_an_answer_for_one_page_counts_on_no_other(
    client: FlaskClient, elsewhere: FlaskClient, person: Person, key: Authenticator
) -> None:
    client.post(f"{PAGE}/passkey", data={"password": PASSWORD})
    first_step(elsewhere, person.email)
    form = by_passkey(elsewhere, key, SECOND)
    assert elsewhere.post("/accedi/passkey", data=form).location == "/accedi"
    assert elsewhere.post(SECOND, data=by_passkey(elsewhere, key)).status_code == 422
