"""Signing in by two steps: setting an app up, codes that count once, recovery codes."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock, log
from consultazione.core.errors import Conflict
from consultazione.core.mail.outbox import newest
from consultazione.people.models import Person
from consultazione.people.second_step.codes import (
    app_address,
    new_recovery_codes,
    recovery_digest,
    step_of_code,
)
from consultazione.people.second_step.models import RecoveryCode, SecondStep
from consultazione.people.second_step.proofs import enrolled_of, prove_by_code, spend
from consultazione.people.second_step.sealing import seal, unseal
from tests.support.factories import PASSWORD, Factory
from tests.support.second_steps import PAGE, App, first_step, offered_app, turn_on

SECOND = "/accedi/secondo-passaggio"


@pytest.fixture
def person(make: Factory) -> Person:
    """Somebody with an account."""
    assert make.zone.id
    return make.person()


@pytest.fixture
def app_of_theirs(client: FlaskClient, make: Factory, person: Person) -> App:
    """Their app; they are signed in where they set it up."""
    make.sign_in(client, make.actor(person))
    return turn_on(client)


@pytest.fixture
def elsewhere(app: Flask) -> FlaskClient:
    """Another browser of theirs."""
    return app.test_client()


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: at 59 s the last six of 94287082."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    moment = clock.from_timestamp(59)
    assert step_of_code(secret, "287 082", now=moment, after=0) == 1
    assert step_of_code(secret, "287082", now=moment, after=1) is None
    assert step_of_code(secret, "287082", now=clock.from_timestamp(119), after=0) is None
    assert step_of_code(secret, "", now=moment, after=0) is None
    assert "secret=GEZD" in app_address(secret, "anna@example.org")


def test_the_database_alone_makes_no_codes() -> None:
    sealed = seal("GEZDGNBV", 7, "a key of the server")
    assert b"GEZDGNBV" not in sealed
    assert unseal(sealed, 7, ["another key", "a key of the server"]) == "GEZDGNBV"
    assert unseal(sealed, 8, ["a key of the server"]) is None
    assert unseal(sealed, 7, ["another key"]) is None


def test_recovery_codes_are_read_however_they_are_typed() -> None:
    codes = new_recovery_codes()
    assert len({recovery_digest(code) for code in codes}) == 10
    typed = codes[0].upper().replace("-", " ")
    assert recovery_digest(typed) == recovery_digest(codes[0])


def test_an_app_is_set_up_by_a_code_and_the_password(
    client: FlaskClient, make: Factory, person: Person
) -> None:
    make.sign_in(client, make.actor(person))
    app, word = offered_app(client)
    form = {"word": word, "code": app.code(), "password": PASSWORD}
    for wrong in ({"code": "000000"}, {"password": "not it"}, {"word": "no word"}):
        assert client.post(f"{PAGE}/app", data=form | wrong).status_code == 422, wrong
    with make.session() as session:
        assert session.get(SecondStep, person.id) is None
    again = client.post(f"{PAGE}/app", data=form | {"code": "000000"}).text
    assert app.secret[:4] in again  # the same app goes on, and need not be set up anew
    assert client.post(f"{PAGE}/app", data=form).status_code == 200
    with make.session() as session:
        kinds = [entry.kind for entry in log.read_stream(session, f"person:{person.id}")]
        row = session.get_one(SecondStep, person.id)
        assert row.secret is not None
        assert app.secret.encode() not in row.secret
    assert kinds[-1] == "second_step.turned_on"


def test_the_password_alone_does_not_sign_in_any_more(
    elsewhere: FlaskClient, person: Person, app_of_theirs: App
) -> None:
    assert first_step(elsewhere, person.email) == SECOND
    assert elsewhere.get("/profilo").location.startswith("/accedi?")
    assert elsewhere.post(SECOND, data={"code": "000000"}).status_code == 422
    right = app_of_theirs.code(later=1)
    assert elsewhere.post(SECOND, data={"code": right}).location == "/"
    page = elsewhere.get("/profilo").text
    assert "con la password e un codice" in page


def test_a_code_counts_once(
    app: Flask, elsewhere: FlaskClient, person: Person, app_of_theirs: App
) -> None:
    code = app_of_theirs.code(later=1)
    first_step(elsewhere, person.email)
    assert elsewhere.post(SECOND, data={"code": code}).status_code == 302
    third = app.test_client()
    first_step(third, person.email)
    assert third.post(SECOND, data={"code": code}).status_code == 422
    enrolment = app_of_theirs.code()  # of the very step by which it was set up
    assert third.post(SECOND, data={"code": enrolment}).status_code == 422


def test_of_two_at_once_with_one_code_one_gets_in(
    make: Factory, person: Person, app: Flask, app_of_theirs: App
) -> None:
    """Both codes were right before either transaction began."""
    keys = (app.config["SECRET_KEY"],)
    with make.session() as session:
        enrolled = enrolled_of(session, person.id)
    code = app_of_theirs.code(later=1)
    one, other = (
        prove_by_code(enrolled, code, keys=keys, at_the_front=lambda: None) for _ in range(2)
    )
    with make.database.transaction(make.actor(person)) as tx:
        spend(tx, one, person.id)
    with pytest.raises(Conflict), make.database.transaction(make.actor(person)) as tx:
        spend(tx, other, person.id)


def test_each_recovery_code_lets_in_once(
    app: Flask, elsewhere: FlaskClient, make: Factory, person: Person, app_of_theirs: App
) -> None:
    first_step(elsewhere, person.email)
    used = app_of_theirs.codes[3]
    assert elsewhere.post(SECOND, data={"code": used.upper()}).status_code == 302
    third = app.test_client()
    first_step(third, person.email)
    assert third.post(SECOND, data={"code": used}).status_code == 422
    assert "Ti restano 9 codici" in elsewhere.get(PAGE).text
    with make.session() as session:
        kinds = [entry.kind for entry in log.read_stream(session, f"person:{person.id}")]
    assert kinds[-1] == "recovery_code.used"


def test_setting_it_up_ends_the_sign_ins_elsewhere(
    client: FlaskClient, elsewhere: FlaskClient, make: Factory, person: Person
) -> None:
    for browser in (client, elsewhere):
        make.sign_in(browser, make.actor(person))
    turn_on(client)
    assert elsewhere.get("/profilo").status_code == 302
    assert client.get("/profilo").status_code == 200


def test_turning_it_off_takes_the_password_and_a_code(
    client: FlaskClient, elsewhere: FlaskClient, make: Factory, person: Person, app_of_theirs: App
) -> None:
    form = {"password": PASSWORD, "code": app_of_theirs.code(later=1)}
    for wrong in ({"password": "not it"}, {"code": "000000"}):
        assert client.post(f"{PAGE}/togli", data=form | wrong).status_code == 422
    assert client.post(f"{PAGE}/togli", data=form).status_code == 302
    with make.session() as session:
        assert session.get(SecondStep, person.id) is None
        assert session.query(RecoveryCode).filter_by(person_id=person.id).count() == 0
    assert first_step(elsewhere, person.email) == "/"


def test_other_recovery_codes_replace_those_of_before(
    client: FlaskClient, elsewhere: FlaskClient, person: Person, app_of_theirs: App
) -> None:
    form = {"password": PASSWORD, "code": app_of_theirs.codes[0]}
    page = client.post(f"{PAGE}/codici", data=form)
    assert page.status_code == 200
    assert page.text.count("<li><code>") == 10
    first_step(elsewhere, person.email)
    assert elsewhere.post(SECOND, data={"code": app_of_theirs.codes[1]}).status_code == 422


def test_a_password_that_changed_meanwhile_ends_the_first_step(
    elsewhere: FlaskClient, make: Factory, person: Person, app_of_theirs: App
) -> None:
    first_step(elsewhere, person.email)
    with make.database.transaction(make.actor(person)) as tx:
        tx.session.get_one(Person, person.id).password_hash = "another"
    answer = elsewhere.post(SECOND, data={"code": app_of_theirs.code(later=1)})
    assert answer.status_code == 422
    assert elsewhere.get("/profilo").status_code == 302


def test_without_a_first_step_there_is_no_second(elsewhere: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    assert elsewhere.get(SECOND).location.startswith("/accedi")
    assert elsewhere.post(SECOND, data={"code": "000000"}).location.startswith("/accedi")


def test_its_owner_is_told_by_mail(make: Factory, person: Person, app_of_theirs: App) -> None:
    assert app_of_theirs.codes
    with make.session() as session:
        assert "second_step_changed" in {mail.kind for mail in newest(session, limit=9)}
