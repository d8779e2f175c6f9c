"""SPID and CIE: signing in through a real OpenID provider, and everything that must not pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultazione.bad_setting import BadSetting
from consultazione.config import Settings, read_settings
from consultazione.core import log
from consultazione.core.db import Database
from consultazione.keys.oidc_client import OidcClient, read_oidc_client
from consultazione.people.gateway.levels import assurance_of, level_of
from consultazione.people.gateway.models import GatewayIdentity
from consultazione.people.gateway.queries import identity_of
from consultazione.people.models import Person
from tests.support.applications import new_app
from tests.support.factories import PASSWORD, Factory
from tests.support.oidc_provider import CLIENT, SPID, Provider, running_provider
from tests.support.second_steps import turn_on

_NUMBERS = count(1)
NEW = {"display_name": "Anna Bianchi", "email": "anna@example.org"}


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """A provider as a process of its own."""
    with running_provider(tmp_path_factory.mktemp("oidc") / "log") as provider:
        yield provider


@pytest.fixture
def app(settings: Settings, database: Database, provider: Provider, make: Factory) -> Flask:
    """The application, which knows the provider as its gateway."""
    assert make.zone.id
    return with_gateway(settings, database, provider.settings)


@pytest.fixture
def sub() -> str:
    """Somebody whom the provider has not seen before."""
    return f"TINIT-{next(_NUMBERS)}"


def with_gateway(settings: Settings, database: Database, given: dict[str, str]) -> Flask:
    """An application with a gateway at an address."""
    return new_app(replace(settings, oidc=read_oidc_client(given)), database)


def asked(client: FlaskClient) -> str:
    """Where a browser is led to sign in."""
    answer = client.get("/accedi/spid")
    assert answer.status_code == 302
    return answer.location


def comes_back(client: FlaskClient, provider: Provider, sub: str) -> TestResponse:
    """The answer to somebody who comes back from the provider."""
    return client.get(path_of(provider.lets_in(asked(client), sub)))


def path_of(address: str) -> str:
    """The address within the site."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def registered(client: FlaskClient, provider: Provider, sub: str) -> None:
    """Open an account by the provider, signed in afterwards."""
    assert comes_back(client, provider, sub).location == "/accedi/spid/account"
    answer = client.post("/accedi/spid/account", data=NEW)
    assert answer.status_code == 302, answer.text


def is_in(client: FlaskClient) -> bool:
    """True if somebody is signed in."""
    return client.get("/profilo").status_code == 200


def test_it_is_asked_with_pkce_state_nonce_and_a_level(client: FlaskClient) -> None:
    query = parse_qs(urlsplit(asked(client)).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["acr_values"] == [f"{SPID}2"]
    assert query["redirect_uri"] == ["http://localhost/accedi/spid/ritorno"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(query[name][0]) >= 20, name


def test_somebody_new_opens_an_account_and_comes_back_into_it(
    app: Flask, client: FlaskClient, make: Factory, provider: Provider, sub: str
) -> None:
    provider.knows(sub, given_name="Anna", family_name="Bianchi")
    assert comes_back(client, provider, sub).location == "/accedi/spid/account"
    assert not is_in(client)
    assert 'value="Anna Bianchi"' in client.get("/accedi/spid/account").text
    assert client.post("/accedi/spid/account", data=NEW).status_code == 302
    assert is_in(client)
    other = app.test_client()
    assert comes_back(other, provider, sub).location == "/"
    assert re.search(r"con SPID o CIE: livello 2 di 3", other.get("/profilo").text)
    with make.session() as session:
        person = session.query(Person).filter_by(email=NEW["email"]).one()
        kinds = [entry.kind for entry in log.read_stream(session, f"person:{person.id}")]
        row = identity_of(session, person.id)
        assert row is not None
        assert sub.encode() not in row.subject_digest
    assert (person.assurance, person.email_confirmed_at, person.password_hash) == (2, None, None)
    assert kinds == ["person.registered", "gateway.linked", "person.identified_by_gateway"]


def test_somebody_new_is_told_apart_from_others_of_the_same_name(
    client: FlaskClient, make: Factory, provider: Provider, sub: str
) -> None:
    make.person(display_name=NEW["display_name"].upper())
    provider.knows(sub)
    registered(client, provider, sub)
    with make.session() as session:
        person = session.query(Person).filter_by(email=NEW["email"]).one()
        assert person.shown_name == f"{NEW['display_name']} (2)"


def test_an_address_links_to_no_account(
    client: FlaskClient, make: Factory, provider: Provider, sub: str
) -> None:
    """Whatever the provider says of it."""
    owner = make.person(email=NEW["email"])
    provider.knows(sub, email=owner.email, email_verified=True)
    assert comes_back(client, provider, sub).location == "/accedi/spid/account"
    answer = client.post("/accedi/spid/account", data=NEW)
    assert answer.status_code == 422
    assert "collegalo con la sua password" in answer.text
    assert not is_in(client)


def test_an_account_is_linked_by_its_password(
    app: Flask, client: FlaskClient, make: Factory, provider: Provider, sub: str
) -> None:
    person = make.person()
    provider.knows(sub, 1, name="Anna Bianchi")
    comes_back(client, provider, sub)
    signed_in = client.post("/accedi", data={"email": person.email, "password": PASSWORD})
    assert signed_in.location == "/profilo/spid"
    assert "Anna Bianchi" in client.get("/profilo/spid").text
    assert client.post("/profilo/spid", data={"password": "not it"}).status_code == 422
    assert client.post("/profilo/spid", data={"password": PASSWORD}).location == "/profilo"
    with make.session() as session:
        assert session.get_one(Person, person.id).assurance == 1
    other = app.test_client()
    provider.knows(sub, 3)
    assert comes_back(other, provider, sub).location == "/"
    with make.session() as session:
        assert session.get_one(Person, person.id).assurance == 2
        row = identity_of(session, person.id)
        assert row is not None
        assert row.level == 3


def test_a_second_account_is_not_linked_to_the_same_person(
    app: Flask, client: FlaskClient, make: Factory, provider: Provider, sub: str
) -> None:
    provider.knows(sub)
    registered(client, provider, sub)
    other = make.sign_in(app.test_client(), make.citizen())
    assert comes_back(other, provider, sub).location == "/profilo/spid"
    assert other.post("/profilo/spid", data={"password": PASSWORD}).status_code == 422


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of another sign-in"},
        {"aud": "another site"},
        {"aud": ["another site"], "azp": "consultazione"},
        {"iss": "https://evil.example"},
        {"exp": 1_500_000_000},
        {"acr": f"{SPID}4"},
        {"acr": "urn:mace:incommon:iap:silver"},
        {"acr": None},
        {"acr": [f"{SPID}2"]},
    ],
    ids=str,
)
def test_a_token_that_lies_lets_nobody_in(
    app: Flask, client: FlaskClient, provider: Provider, sub: str, lie: dict[str, object]
) -> None:
    provider.knows(sub)
    registered(client, provider, sub)
    provider.knows(sub, **lie)
    other = app.test_client()
    assert comes_back(other, provider, sub).location == "/accedi"
    assert not is_in(other)
    assert "accesso non c" in other.get("/accedi").text
    provider.knows(sub)
    assert comes_back(other, provider, sub).location == "/"


def test_a_sign_in_of_another_browser_counts_in_none(
    app: Flask, client: FlaskClient, provider: Provider, sub: str
) -> None:
    """A forged state, a foreign one, one that was used; and an answer without a code."""
    provider.knows(sub)
    registered(client, provider, sub)
    victim = app.test_client()
    back = path_of(provider.lets_in(asked(app.test_client()), sub))
    assert victim.get(back).location == "/accedi"
    mine = path_of(provider.lets_in(asked(victim), sub))
    tampered = re.sub(r"state=[^&]+", "state=forged", mine)
    for wrong in (tampered, "/accedi/spid/ritorno", re.sub(r"code=[^&]+", "code=forged", mine)):
        assert victim.get(wrong).location == "/accedi", wrong
        assert not is_in(victim)
    assert victim.get(mine).location == "/accedi"  # its state was spent on the forged code
    assert comes_back(victim, provider, sub).location == "/"


def test_who_says_no_there_is_told_so_here(client: FlaskClient, provider: Provider) -> None:
    assert client.get(path_of(provider.denies(asked(client)))).location == "/accedi"
    page = client.get("/accedi").text
    assert "SPID o CIE non ti ha fatto entrare" in page
    assert "error_description" not in page


def test_a_gateway_that_is_away_stops_nobody_with_a_password(
    settings: Settings, database: Database, make: Factory
) -> None:
    person = make.person()
    nowhere = {"OIDC_DISCOVERY_URL": "http://localhost:9/.well-known/openid-configuration"}
    client = with_gateway(settings, database, {**nowhere, **CLIENT}).test_client()
    assert client.get("/accedi/spid").location == "/accedi"
    assert "in questo momento non rispondono" in client.get("/accedi").text
    form = {"email": person.email, "password": PASSWORD}
    assert client.post("/accedi", data=form).location == "/"


def test_signing_out_says_that_the_gateway_still_knows_one(
    client: FlaskClient, provider: Provider, sub: str
) -> None:
    provider.knows(sub)
    registered(client, provider, sub)
    assert client.post("/esci").location == "/uscita"
    page = client.get("/uscita").text
    assert f"{provider.url}/oauth2/end_session" in page
    assert not is_in(client)


def test_a_second_step_asks_for_level_two(
    app: Flask, client: FlaskClient, make: Factory, provider: Provider, sub: str
) -> None:
    provider.knows(sub)
    person = make.person()
    make.sign_in(client, make.actor(person))
    comes_back(client, provider, sub)
    assert client.post("/profilo/spid", data={"password": PASSWORD}).status_code == 302
    turn_on(client)
    other = app.test_client()
    provider.knows(sub, 1)
    assert comes_back(other, provider, sub).location == "/accedi"
    provider.knows(sub, 2)
    assert comes_back(other, provider, sub).location == "/"


def test_unlinking_needs_a_password_to_come_back_by(
    app: Flask, client: FlaskClient, make: Factory, provider: Provider, sub: str
) -> None:
    provider.knows(sub)
    registered(client, provider, sub)
    refused = client.post("/profilo/spid/scollega", follow_redirects=True)
    assert "Non hai una password" in refused.text
    linked = make.sign_in(app.test_client(), make.citizen())
    provider.knows(f"{sub}-2")
    comes_back(linked, provider, f"{sub}-2")
    linked.post("/profilo/spid", data={"password": PASSWORD})
    linked.post("/profilo/spid/scollega")
    assert not is_in(linked)
    with make.session() as session:
        assert session.query(GatewayIdentity).count() == 1


def test_without_a_gateway_there_is_no_such_page(shared_app: Flask, make: Factory) -> None:
    assert make.zone.id
    assert "people.to_gateway" in {rule.endpoint for rule in shared_app.url_map.iter_rules()}
    assert "gateway" not in shared_app.extensions


def test_levels_are_those_of_spid_and_no_others() -> None:
    assert [level_of(f"{SPID}{n}") for n in range(5)] == [None, 1, 2, 3, None]
    assert [assurance_of(level) for level in (1, 2, 3)] == [1, 2, 2]


def test_the_settings_come_together_and_over_https() -> None:
    with pytest.raises(BadSetting, match="all three"):
        read_settings(CLIENT)
    for wrong in ("http://gateway.example/x", "gateway.example", "ftp://localhost/x"):
        with pytest.raises(BadSetting, match="OIDC_DISCOVERY_URL"):
            read_oidc_client({"OIDC_DISCOVERY_URL": wrong, **CLIENT})
    read = read_oidc_client({"OIDC_DISCOVERY_URL": "https://gateway.example/x", **CLIENT})
    assert read == OidcClient("https://gateway.example/x", *CLIENT.values())
    assert CLIENT["OIDC_CLIENT_SECRET"] not in repr(read)
