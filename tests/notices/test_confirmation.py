"""An address is confirmed by mail before its owner writes; until then they read."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.actor import Actor, Grant, Role
from consultazione.core.db import Database
from consultazione.core.errors import NotAllowed
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.core.permissions import (
    BEFORE_CONFIRMATION,
    Permission,
    may,
    permitted,
    require,
)
from consultazione.people.queries import actor_of, find_person
from tests.support.factories import PASSWORD, Factory
from tests.support.mails import deliver_all, secret_in
from tests.support.second_steps import turn_on
from tests.support.smtp_server import Postbox

ADDRESS = "anna@example.org"
FORM = {"email": ADDRESS, "display_name": "Anna Rossi", "password": PASSWORD}


def anna(database: Database) -> Actor:
    with database.snapshot() as session:
        person = find_person(session, ADDRESS)
        assert person is not None
        return actor_of(session, person.id)


def test_whoever_registers_reads_at_once_and_writes_after_the_mail(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    table = make.table()
    client.post("/registrati", data=FORM)
    client.post("/accedi", data={"email": ADDRESS, "password": PASSWORD})
    proposal = {"table_id": table.id, "title": "Una sera", "body": "Aprire anche di sera."}
    refused = client.post(f"{make.here}/proposte/nuova", data=proposal)
    assert refused.status_code == 422
    assert "Conferma prima il tuo indirizzo" in refused.text
    assert "/profilo/conferma" in client.get("/profilo").text
    assert client.get(f"{make.here}/tavoli").status_code == 200
    assert deliver_all(database) == [MailState.SENT]
    secret = secret_in(postbox)
    assert not anna(database).is_confirmed
    assert client.get(f"/conferma-indirizzo?chiave={secret}").status_code == 200
    assert not anna(database).is_confirmed  # a mail program that opens links confirms nothing
    for status in (302, 422):
        assert client.post("/conferma-indirizzo", data={"secret": secret}).status_code == status
    assert anna(database).is_confirmed
    assert client.post(f"{make.here}/proposte/nuova", data=proposal).status_code == 302
    assert "/profilo/conferma" not in client.get("/profilo").text


def test_another_link_replaces_the_first_until_the_address_is_confirmed(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    assert make.zone.id
    client.post("/registrati", data=FORM)
    client.post("/accedi", data={"email": ADDRESS, "password": PASSWORD})
    deliver_all(database)
    first = secret_in(postbox)
    assert client.post("/profilo/conferma").status_code == 302
    deliver_all(database)
    assert client.post("/conferma-indirizzo", data={"secret": first}).status_code == 422
    second = {"secret": secret_in(postbox)}
    assert client.post("/conferma-indirizzo", data=second).status_code == 302
    assert "già confermato" in client.post("/profilo/conferma", follow_redirects=True).text


def test_who_is_signed_in_elsewhere_is_told_whose_address_was_confirmed(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    make.sign_in(client, make.citizen())
    client.application.test_client().post("/registrati", data=FORM)
    deliver_all(database)
    used = client.post(
        "/conferma-indirizzo", data={"secret": secret_in(postbox)}, follow_redirects=True
    )
    assert "L’indirizzo dell’account di questo link è confermato" in used.text
    assert "Il tuo indirizzo è confermato" not in used.text
    assert anna(database).is_confirmed


def test_a_link_for_the_password_that_was_mailed_confirms_the_address_too(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    assert make.zone.id
    client.post("/registrati", data=FORM)
    client.post("/password-dimenticata", data={"email": ADDRESS})
    deliver_all(database)
    form = {"secret": secret_in(postbox), "new_password": "quattro parole messe in fila"}
    assert client.post("/password", data=form).status_code == 302
    assert anna(database).is_confirmed


def test_a_stranger_who_opened_an_account_keeps_its_owner_out_by_nothing(
    postbox: Postbox, make: Factory, database: Database, app: Flask, client: FlaskClient
) -> None:
    assert make.zone.id
    client.post("/registrati", data=FORM)
    client.post("/accedi", data={"email": ADDRESS, "password": PASSWORD})
    turn_on(client)
    client.post("/password-dimenticata", data={"email": ADDRESS})
    deliver_all(database)
    owner, chosen = app.test_client(), "quattro parole messe in fila"
    owner.post("/password", data={"secret": secret_in(postbox), "new_password": chosen})
    assert owner.post("/accedi", data={"email": ADDRESS, "password": chosen}).location == "/"
    assert client.get("/profilo").status_code == 302


def test_the_owner_of_an_address_is_told_that_it_has_an_account(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    assert make.zone.id
    person = make.person(email=ADDRESS)
    client.post("/registrati", data=FORM)
    with database.snapshot() as session:
        (mail,) = session.scalars(select(Mail))
    assert (mail.kind, mail.address) == ("address_taken", ADDRESS)
    assert deliver_all(database) == [MailState.SENT]
    assert postbox.messages[0]["Subject"] == "Hai già un account"
    with database.snapshot() as session:
        assert session.scalars(select(Mail.person_id)).one() == person.id


def test_no_mail_to_an_address_that_is_not_confirmed_says_what_a_stranger_wrote(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    assert make.zone.id
    for _time in range(2):
        client.post("/registrati", data={**FORM, "display_name": "Hai vinto"})
    client.post("/password-dimenticata", data={"email": ADDRESS})
    client.post("/accedi", data={"email": ADDRESS, "password": PASSWORD})
    client.post("/profilo/indirizzo", data={"email": "bruna@example.org", "password": PASSWORD})
    assert deliver_all(database) == [MailState.SENT] * 4
    texts = [str(message.get_body(("plain",)).get_content()) for message in postbox.messages]  # type: ignore[union-attr]
    assert not [text for text in texts if "Hai vinto" in text]
    client.post("/conferma-indirizzo", data={"secret": secret_in(postbox)})
    client.post("/password-dimenticata", data={"email": "bruna@example.org"})
    deliver_all(database)
    told, mine = postbox.messages[-2:]
    assert told["To"] == ADDRESS
    assert "Hai vinto" not in str(told)
    assert "Hai vinto" in str(mine)


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.ADMINISTRATOR, Role.FACILITATOR])
def test_no_role_counts_before_the_address_is_confirmed(role: Role) -> None:
    grants = frozenset({Grant(role, 1)})
    unconfirmed = Actor(7, "Anna", grants, is_confirmed=False)
    allowed = {p for p in Permission if may(unconfirmed, p, zone_id=1)}
    assert allowed == set(permitted(unconfirmed, Permission, zone_id=1))
    visitors = {p for p in Permission if Role.VISITOR in p.roles}
    assert allowed <= visitors | BEFORE_CONFIRMATION
    named = {p for p in Permission if may(unconfirmed, p, zone_id=1, named=7)}
    assert named <= visitors | BEFORE_CONFIRMATION
    assert allowed >= BEFORE_CONFIRMATION
    with pytest.raises(NotAllowed, match="Confirm your e-mail address"):
        require(unconfirmed, Permission.SUBMIT_PROPOSAL, zone_id=1)
    confirmed = Actor(7, "Anna", grants)
    assert may(confirmed, Permission.SUBMIT_PROPOSAL, zone_id=1)
    assert may(confirmed, Permission.EDIT_MINUTES, zone_id=1, named=7)
