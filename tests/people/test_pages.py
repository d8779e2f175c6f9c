"""The pages of accounts: register, sign in and out, profile."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultazione.core.actor import SYSTEM, Role
from consultazione.people.commands.tokens import create_token
from consultazione.people.models import Category
from consultazione.people.user_agent import describe
from tests.support.factories import PASSWORD, Factory

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture(autouse=True)
def _zone(make: Factory) -> None:
    assert make.zone.id


def sign_in(
    client: FlaskClient, email: str, password: str = PASSWORD, next: str = ""
) -> TestResponse:
    query = {"next": next} if next else None
    form = {"email": email, "password": password}
    return client.post("/accedi", data=form, query_string=query)


def test_a_visitor_registers_and_signs_in(client: FlaskClient) -> None:
    page = client.get("/registrati")
    assert 'name="display_name"' in page.text
    form = {"email": "anna@example.org", "display_name": "Anna Rossi", "password": PASSWORD}
    sent = client.post("/registrati", data=form)
    assert sent.location == "/accedi"
    assert 'value="anna@example.org"' in client.get(sent.location).text
    sign_in(client, "anna@example.org")
    profile = client.get("/profilo")
    assert "Anna Rossi" in profile.text
    assert "anna@example.org" not in profile.text


def test_a_refused_registration_keeps_what_was_typed_but_the_password(
    client: FlaskClient,
) -> None:
    form = {"email": "anna@example.org", "display_name": "Anna Rossi", "password": "brevissima"}
    page = client.post("/registrati", data={**form, "email": "no address"})
    assert page.status_code == 422
    assert 'value="Anna Rossi"' in page.text
    assert 'href="#field-email"' in page.text
    assert "brevissima" not in page.text


def test_signing_in_leads_to_where_one_wanted_to_go(client: FlaskClient, make: Factory) -> None:
    email = make.person().email or ""
    asked = client.get("/profilo")
    assert asked.location == "/accedi?next=/profilo"
    page = client.get(asked.location)
    assert 'action="/accedi?next=/profilo"' in page.text
    assert sign_in(client, email, next="/profilo").location == "/profilo"
    assert client.get("/profilo").status_code == 200


def test_a_visitor_who_sends_a_form_comes_back_to_its_page(client: FlaskClient) -> None:
    sent = client.post("/profilo/chiavi", headers={"Referer": "http://localhost/tavoli/3?x=1"})
    assert sent.location == "/accedi?next=/tavoli/3"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil"],
)
def test_signing_in_leads_to_no_other_site(client: FlaskClient, make: Factory, target: str) -> None:
    answer = sign_in(client, make.person().email or "", next=target)
    assert answer.status_code == 302
    assert answer.location.startswith("/")
    assert "evil" not in answer.location


def test_a_wrong_password_and_an_unknown_address_give_the_same_page(
    client: FlaskClient, make: Factory
) -> None:
    make.person(email="anna@example.org")
    wrong = sign_in(client, "anna@example.org", "not the password")
    unknown = sign_in(client, "nora@example.org", "not the password")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    chance = r'"[\w.-]{60,}"|data-options="[^"]*"'
    pages = [re.sub(chance, "", page.text) for page in (wrong, unknown)]
    assert pages[0].replace("anna@", "nora@") == pages[1]


def test_whoever_is_signed_in_needs_neither_form(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.citizen())
    assert client.get("/accedi?next=/piano").location == "/piano"
    assert client.get("/registrati").location == "/profilo"


def test_signing_out_ends_it_for_a_stolen_cookie_too(app: Flask, make: Factory) -> None:
    owner, thief = app.test_client(), app.test_client()
    sign_in(owner, make.person().email or "")
    cookie = owner.get_cookie("consultazione")
    assert cookie is not None
    thief.set_cookie("consultazione", cookie.value)
    assert thief.get("/profilo").status_code == 200
    owner.post("/esci")
    assert thief.get("/profilo").location == "/accedi?next=/profilo"


def test_a_revoked_sign_in_ends_at_once(app: Flask, make: Factory) -> None:
    anna = make.citizen()
    here, there = make.sign_in(app.test_client(), anna), make.sign_in(app.test_client(), anna)
    assert there.get("/profilo").status_code == 200
    here.post("/profilo/altri-accessi")
    assert there.get("/profilo").status_code == 302
    assert here.get("/profilo").status_code == 200


def test_changing_the_password_on_the_page(app: Flask, make: Factory) -> None:
    anna = make.person()
    here, there = (make.sign_in(app.test_client(), make.actor(anna)) for _ in range(2))
    refused = here.post(
        "/profilo/password", data={"password": "wrong", "new_password": "una nuova frase"}
    )
    assert refused.status_code == 422
    assert 'href="#field-password"' in refused.text
    assert there.get("/profilo").status_code == 200
    done = here.post(
        "/profilo/password", data={"password": PASSWORD, "new_password": "una nuova frase"}
    )
    assert done.location == "/profilo"
    assert there.get("/profilo").status_code == 302
    assert sign_in(app.test_client(), anna.email or "", "una nuova frase").status_code == 302


def test_a_key_is_shown_once_works_and_can_be_withdrawn(client: FlaskClient, make: Factory) -> None:
    anna = make.citizen()
    make.sign_in(client, anna)
    page = client.post("/profilo/chiavi", data={"label": "My program", "scopes": ["read"]})
    shown = re.search(r'<code class="digest">(.+?)</code>', page.text)
    withdraw = re.search(r'action="(/profilo/chiavi/\d+/elimina)"', page.text)
    assert shown
    assert withdraw
    assert shown[1] not in client.get("/profilo").text
    bearer = {"Authorization": f"Bearer {shown[1]}"}
    program = client.application.test_client()
    assert program.get("/api/v1/me", headers=bearer).json["display_name"] == anna.display_name  # type: ignore[index]
    client.post(withdraw[1])
    assert program.get("/api/v1/me", headers=bearer).status_code == 401


def test_nobody_withdraws_the_key_of_another(app: Flask, make: Factory) -> None:
    anna, bruno = make.citizen(), make.sign_in(app.test_client(), make.citizen())
    with make.database.transaction(SYSTEM) as tx:
        key = create_token(tx, person_id=anna.person_id or 0, label="hers")
    page = make.sign_in(app.test_client(), anna).get("/profilo").text
    path = re.search(r'action="(/profilo/chiavi/\d+/elimina)"', page)
    assert path
    bruno.post(path[1])
    bearer = {"Authorization": f"Bearer {key}"}
    assert app.test_client().get("/api/v1/me", headers=bearer).status_code == 200


def test_the_profile_names_the_mandate(client: FlaskClient, make: Factory) -> None:
    person, union = make.person(), make.organisation(Category.UNION)
    make.mandate(person, union)
    page = make.sign_in(client, make.actor(person)).get("/profilo")
    assert union.name in page.text
    assert "deed 1/2018" in page.text


def test_the_interface_says_who_one_is(client: FlaskClient, make: Factory) -> None:
    assert client.get("/api/v1/me").status_code == 401
    office = make.holder(Role.PLAN_OFFICE)
    with make.database.transaction(SYSTEM) as tx:
        key = create_token(tx, person_id=office.person_id or 0, label="test")
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"})
    assert me.json == {
        "id": office.person_id,
        "display_name": office.display_name,
        "roles": ["participant", "plan_office"],
    }


def test_the_register_of_organisations_is_open(client: FlaskClient, make: Factory) -> None:
    union = make.organisation(Category.UNION)
    found = client.get("/api/v1/organisations").json
    shown = {"id": union.id, "name": union.name, "category": "union", "withdrawn_at": None}
    assert found == {"items": [shown], "next": None}


def test_programs_read_the_register_page_by_page(client: FlaskClient, make: Factory) -> None:
    names = {make.organisation().name for _ in range(3)}
    first = client.get("/api/v1/organisations?limit=2").get_json()
    rest = client.get(first["next"]).get_json()
    seen = [organisation["name"] for organisation in first["items"] + rest["items"]]
    assert (len(seen), set(seen), rest["next"]) == (3, names, None)
    assert client.get("/api/v1/organisations?after=99999").status_code == 404


@pytest.mark.parametrize(
    ("user_agent", "name"), [(FIREFOX, "Firefox, Windows"), (EDGE, "Edge, Linux"), ("curl/8", "")]
)
def test_a_browser_is_described_so_that_its_owner_knows_it(user_agent: str, name: str) -> None:
    assert describe(user_agent) == name
