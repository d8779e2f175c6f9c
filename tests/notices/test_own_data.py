"""One's own name and address, and one's own sign-ins."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from consultazione.core.db import Database
from consultazione.core.errors import Invalid
from consultazione.core.mail.outbox import MailState
from consultazione.core.revisions import revisions_of
from consultazione.people.commands.accounts import start_sign_in
from consultazione.people.models import Person
from consultazione.people.own_data.names import check_own_name
from consultazione.people.queries import sign_ins_of
from tests.support.factories import PASSWORD, Factory
from tests.support.mails import deliver_all, secret_in
from tests.support.smtp_server import Postbox

OLD, NEW = "anna@example.org", "anna.rossi@example.org"


@pytest.fixture
def anna(make: Factory, client: FlaskClient) -> Person:
    """Signed in."""
    assert make.zone.id
    person = make.person(email=OLD, display_name="Anna Rossi")
    make.sign_in(client, make.actor(person))
    return person


def row(database: Database, person: Person) -> Person:
    with database.snapshot() as session:
        return session.get_one(Person, person.id)


def test_an_address_changes_once_the_new_one_is_confirmed_and_the_old_one_is_told(
    postbox: Postbox, database: Database, client: FlaskClient, anna: Person
) -> None:
    form = {"email": NEW, "password": "not the password"}
    assert client.post("/profilo/indirizzo", data=form).status_code == 422
    assert client.post("/profilo/indirizzo", data={**form, "password": PASSWORD}).status_code == 302
    assert deliver_all(database) == [MailState.SENT]
    assert postbox.recipients == [[NEW]]
    assert row(database, anna).email == OLD
    used = client.post("/conferma-indirizzo", data={"secret": secret_in(postbox)})
    assert used.status_code == 302
    assert row(database, anna).email == NEW
    assert deliver_all(database) == [MailState.SENT] * 2
    assert postbox.recipients[-1] == [OLD]
    assert postbox.messages[-1]["Subject"] == "Il tuo indirizzo è stato cambiato"


def test_the_address_of_another_account_is_not_written_to_and_nothing_tells(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient, anna: Person
) -> None:
    make.person(email=NEW)
    form = {"email": NEW, "password": PASSWORD}
    assert client.post("/profilo/indirizzo", data=form).status_code == 302
    assert deliver_all(database) == [MailState.DROPPED]
    assert postbox.messages == []


def test_two_who_want_one_address_do_not_both_get_it(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient, anna: Person
) -> None:
    client.post("/profilo/indirizzo", data={"email": NEW, "password": PASSWORD})
    deliver_all(database)
    make.person(email=NEW)
    used = client.post("/conferma-indirizzo", data={"secret": secret_in(postbox)})
    assert used.status_code == 422
    assert row(database, anna).email == OLD


def test_a_name_changes_and_what_it_was_is_kept(
    database: Database, client: FlaskClient, anna: Person
) -> None:
    for name, status in (("Anna Bianchi", 302), ("Anna Bianchi", 422), ("Ufficio di piano", 422)):
        assert client.post("/profilo/nome", data={"display_name": name}).status_code == status
    assert row(database, anna).display_name == "Anna Bianchi"
    with database.snapshot() as session:
        (kept,) = revisions_of(session, session.get_one(Person, anna.id))
    assert (kept.was, kept.author_id) == ({"display_name": "Anna Rossi"}, anna.id)


@pytest.mark.parametrize(
    "name",
    ["Facilitatore", "la FACILITATRICE Anna", "Ámministratore", "Regione Emilia-Romagna",
     "ufficio-di-piano", "Ｒｅｇｉｏｎｅ"],
)  # fmt: skip
def test_nobody_calls_themselves_as_an_office_is_called(client: FlaskClient, name: str) -> None:
    with pytest.raises(Invalid):
        check_own_name(name)
    form = {"email": OLD, "display_name": name, "password": PASSWORD}
    assert client.post("/registrati", data=form).status_code == 422


@pytest.mark.parametrize(
    "name", ["Vinci su https://x.example", "WWW.x.example", "anna@example.org", "anna＠example.org"]
)
def test_nobody_calls_themselves_as_an_address(client: FlaskClient, name: str) -> None:
    form = {"email": NEW, "display_name": name, "password": PASSWORD}
    refused = client.post("/registrati", data=form)
    assert refused.status_code == 422
    assert "scrivi come ti chiamano gli altri" in refused.text


@pytest.mark.parametrize(
    "name", ["Anna Sindaco", "Regina Comune", "Adamo Minio", "Anna d.W.W. Rossi"]
)
def test_a_surname_is_no_office(name: str) -> None:
    check_own_name(name)


def test_one_browser_is_signed_out_and_no_other_and_nobody_elses(
    make: Factory, database: Database, client: FlaskClient, anna: Person
) -> None:
    other = make.person()
    with database.transaction(make.actor(anna)) as tx:
        for person in (anna, anna, other):
            start_sign_in(tx, person_id=person.id, device="Firefox")
    with database.snapshot() as session:
        theirs = sign_ins_of(session, other.id)[0].token_digest.hex()
    shown = re.findall(r'name="digest" value="([0-9a-f]{64})"', client.get("/profilo").text)
    assert len(shown) == 2
    for digest in (shown[0], theirs, "no digest"):
        assert client.post("/profilo/accessi/termina", data={"digest": digest}).status_code == 302
    with database.snapshot() as session:
        assert len(sign_ins_of(session, anna.id)) == 2
        assert len(sign_ins_of(session, other.id)) == 1
    assert client.get("/profilo").status_code == 200
