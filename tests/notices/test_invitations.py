"""Invitations: by a form and by a list, mailed, sent again, withdrawn, accepted, forgotten."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.people.backers import backers_of
from consultazione.people.commands.roles import take_role_back
from consultazione.people.invitations.commands import lapse_invitation
from consultazione.people.invitations.models import Invitation, InvitationState
from consultazione.people.invitations.queries import lapsed_invitations
from consultazione.people.models import Category, Mandate, RoleGrant
from consultazione.people.queries import find_person
from tests.support.factories import PASSWORD, Factory
from tests.support.mails import deliver_all, secret_in
from tests.support.smtp_server import Postbox

INVITED = {"display_name": "Anna Rossi", "email": "anna@example.org"}
PAGE, LIST = "/amministrazione/inviti", "/amministrazione/inviti/elenco"


@pytest.fixture
def admin(client: FlaskClient, make: Factory) -> FlaskClient:
    """An administrator's browser."""
    return make.sign_in(client, make.holder(Role.ADMINISTRATOR))


def row(database: Database) -> Invitation:
    with database.snapshot() as session:
        return session.scalars(select(Invitation).order_by(Invitation.id.desc())).first() or (
            pytest.fail("nobody was invited")
        )


def count(database: Database, what: type[Invitation] | type[Mail]) -> int:
    with database.snapshot() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0


def accept(client: FlaskClient, secret: str) -> int:
    client.post("/esci")
    form = {"secret": secret, "display_name": "Anna Rossi Bianchi", "password": PASSWORD}
    return client.post("/invito", data=form).status_code


def test_who_accepts_is_what_was_promised_in_the_name_of_who_invited(
    postbox: Postbox, make: Factory, database: Database, admin: FlaskClient
) -> None:
    table, auser = make.table(), make.organisation()
    form = {**INVITED, "role": "facilitator", "table": table.name, "organisation": auser.name}
    assert admin.post(PAGE, data=form).status_code == 302
    assert "Anna Rossi" in admin.get(PAGE).text
    assert admin.post(PAGE, data=form).status_code == 422  # invited already
    assert deliver_all(database) == [MailState.SENT]
    secret = secret_in(postbox)
    inviter = row(database).invited_by
    assert accept(admin, secret) == 302
    assert accept(admin, secret) == 404  # it serves once
    with database.snapshot() as session:
        anna = find_person(session, INVITED["email"])
        assert anna is not None
        assert anna.email_confirmed_at is not None
        assert anna.display_name == "Anna Rossi Bianchi"
        grant = session.scalars(select(RoleGrant).filter_by(person_id=anna.id)).one()
        assert (grant.role, grant.table_id) == (Role.FACILITATOR, table.id)
        assert inviter in grant.backers
        mandate = session.scalars(select(Mandate).filter_by(person_id=anna.id)).one()
        assert (mandate.organisation_id, mandate.given_by) == (auser.id, inviter)
        assert "Invito" in mandate.act
    settled = row(database)
    assert (settled.state, settled.email, settled.token_digest) == (
        InvitationState.ACCEPTED, None, None,
    )  # fmt: skip


def test_a_promise_does_not_outlive_the_right_of_who_made_it(
    postbox: Postbox, make: Factory, database: Database, admin: FlaskClient
) -> None:
    assert admin.post(PAGE, data={**INVITED, "role": "plan office"}).status_code == 302
    deliver_all(database)
    with database.snapshot() as session:
        grant = session.scalars(select(RoleGrant).order_by(RoleGrant.id.desc())).first()
    assert grant is not None
    with database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        take_role_back(tx, grant_id=grant.id)
    assert accept(admin, secret_in(postbox)) == 302
    assert "non vale più" in admin.get("/accedi").text
    with database.snapshot() as session:
        anna = find_person(session, INVITED["email"])
        assert anna is not None
        assert backers_of(session, anna.id, make.zone.id) == set()


def test_it_is_sent_again_with_another_link_and_withdrawn(
    postbox: Postbox, make: Factory, database: Database, admin: FlaskClient
) -> None:
    admin.post(PAGE, data=INVITED)
    deliver_all(database)
    first, invitation = secret_in(postbox), row(database)
    assert admin.post(f"{PAGE}/{invitation.id}/rimanda").status_code == 302
    deliver_all(database)
    second = secret_in(postbox)
    assert second != first
    assert admin.get(f"/invito?chiave={second}").status_code == 200  # says: sign out first
    admin.post(f"{PAGE}/{invitation.id}/ritira")
    assert row(database).email is None
    assert accept(admin, first) == accept(admin, second) == 404
    with database.snapshot() as session:
        assert find_person(session, INVITED["email"]) is None
    assert make.zone.id


def test_an_invitation_that_nobody_used_is_forgotten(
    postbox: Postbox, database: Database, admin: FlaskClient
) -> None:
    admin.post(PAGE, data=INVITED)
    deliver_all(database)
    with database.snapshot() as session:
        today = clock.today()
        assert lapsed_invitations(session, today=today + timedelta(days=70)) == []
        (old,) = lapsed_invitations(session, today=today + timedelta(days=80))
    with database.transaction(SYSTEM) as tx:
        lapse_invitation(tx, invitation_id=old)
    assert (row(database).state, row(database).email) == (InvitationState.LAPSED, None)
    assert postbox.messages


def upload(admin: FlaskClient, content: bytes, name: str = "elenco.csv") -> tuple[int, str]:
    sent = admin.post(LIST, data={"file": (BytesIO(content), name)})
    return sent.status_code, sent.location or sent.text


def test_a_list_is_shown_line_by_line_and_all_of_it_invited(
    make: Factory, database: Database, admin: FlaskClient
) -> None:
    organisation, union = make.organisation(), make.organisation(Category.UNION)
    known = make.person(email="noto@example.org")
    text = (
        "Nome;Indirizzo;Organizzazione;Ruolo;Atto\r\n"
        f"Niccolò Perù;nicolo@example.org;{organisation.name.upper()};;Delibera 3\r\n"
        f"Carla Bo;CARLA@example.org;{union.name};;\r\n"
        f"Già Nota;{known.email};;;\r\n"
    )
    status, where = upload(admin, text.encode("cp1252"))
    assert status == 302
    page = admin.get(where).text
    assert "Niccolò Perù" in page
    assert "ha già un account" in page
    assert count(database, Invitation) == 0
    assert admin.post(where).status_code == 302
    with database.snapshot() as session:
        rows = session.scalars(select(Invitation).order_by(Invitation.id)).all()
        assert [(one.email, one.act and one.act[:9]) for one in rows] == [
            ("nicolo@example.org", "Delibera "), ("carla@example.org", "Invito de"),
        ]  # fmt: skip
        assert session.scalar(select(func.count()).select_from(Mail)) == 2
    assert admin.get(where).status_code == 404  # the list is forgotten


BAD = [
    ("Rossi;", "almeno una lettera|Scrivi nome|indirizzo"),
    ("Anna Rossi;non-un-indirizzo", "Scrivi un indirizzo"),
    ("Anna Rossi;anna@example.org;Nessuna", "non è nel registro"),
    ("Anna Rossi;anna@example.org;;capo", "non è un ruolo"),
    ("Facilitatore;anna@example.org", "ufficio"),
    ('=CMD("x");anna@example.org', "formula"),
    ("Anna Rossi;anna@example.org\nAnna Bianchi;ANNA@example.org", "stesso indirizzo"),
    ("Anna Rossi;anna@example.org;;;Tavolo", "facilita o coordina"),
    ("Anna \u202erossi;anna@example.org", "segni"),
]


@pytest.mark.parametrize(("lines", "said"), BAD)
def test_a_wrong_line_is_named_and_nobody_is_invited(
    make: Factory, database: Database, admin: FlaskClient, lines: str, said: str
) -> None:
    assert make.zone.id
    text = "nome;indirizzo;organizzazione;ruolo;tavolo\nZoe Verdi;zoe@example.org\n" + lines
    status, where = upload(admin, text.encode("utf-8-sig"))
    assert status == 302
    page = admin.get(where).text
    assert any(part in page for part in said.split("|"))
    assert admin.post(where).status_code == 422
    assert count(database, Invitation) == count(database, Mail) == 0


UNREADABLE = [
    (b'nome;indirizzo\nAnna;anna@example.org\n"Bruno;b@example.org\n', "Dalla riga 3"),
    (b"nome;indirizzo;nome\nA;b;c\n", "due volte"),
    (b"nome;telefono\nA;b\n", "intestazione conosciuta"),
    (b"nome\nA\n", "Manca la colonna"),
    (b"nome;indirizzo\n", "intestazioni"),
    (b"\x00\x01\x02", "CSV"),
    (b"", "vuoto"),
]


@pytest.mark.parametrize(("content", "said"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    make: Factory, admin: FlaskClient, content: bytes, said: str
) -> None:
    assert make.zone.id
    status, page = upload(admin, content)
    assert status == 422
    assert said in page
    assert "CSV" in upload(admin, content, "elenco.xlsx")[1]


def test_ten_thousand_lines_are_shown_and_one_more_is_refused(
    make: Factory, database: Database, admin: FlaskClient
) -> None:
    assert make.zone.id
    lines = "".join(f"Persona {one},persona{one}@example.org\n" for one in range(10_000))
    status, where = upload(admin, f"nome,indirizzo\n{lines}".encode())
    assert status == 302
    assert "persona299@example.org" in admin.get(where).text
    status, page = upload(admin, f"nome,indirizzo\n{lines}A,a@b.it\n".encode())
    assert status == 422
    assert "dividilo" in page
    assert count(database, Invitation) == 0
