"""A forgotten password: asked for without telling who has an account, mailed, used once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.people.commands.password_links import make_password_link
from consultazione.people.models import PasswordLink
from tests.support.factories import Factory
from tests.support.mails import deliver_all
from tests.support.smtp_server import Postbox

ADDRESS = "anna@example.org"
PAGE = "/password-dimenticata"
ANOTHER = "quattro parole messe in fila"


def link_in(postbox: Postbox) -> str:
    text = postbox.messages[-1].get_body(("plain",))
    assert text is not None
    found = re.search(r"http://127\.0\.0\.1:8000(/password\?chiave=\S+)", text.get_content())
    assert found is not None
    return found[1]


def links(database: Database) -> int:
    with database.snapshot() as session:
        return session.scalar(select(func.count()).select_from(PasswordLink)) or 0


def test_whoever_forgot_their_password_chooses_another_by_mail_and_is_told(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    make.person(email=ADDRESS)
    asked = client.post(PAGE, data={"email": " Anna@EXAMPLE.org "})
    assert asked.status_code == 200
    assert deliver_all(database) == [MailState.SENT]
    link = link_in(postbox)
    secret = link.partition("chiave=")[2]
    for status in (302, 404):
        used = client.post(link, data={"secret": secret, "new_password": ANOTHER})
        assert used.status_code == status
    assert deliver_all(database) == [MailState.SENT, MailState.SENT]
    assert postbox.messages[-1]["Subject"] == "La tua password è stata cambiata"


def test_an_address_without_an_account_gets_the_same_answer_and_no_mail(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    make.person(email=ADDRESS)
    with time_machine.travel(clock.now(), tick=False):  # the token of the form has the second
        known, unknown = (
            client.post(PAGE, data={"email": one}).text for one in (ADDRESS, "nobody@example.org")
        )
    assert known.replace(ADDRESS, "") == unknown.replace("nobody@example.org", "")
    with database.snapshot() as session:
        rows = session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [(mail.kind, mail.person_id, mail.attempts) for mail in rows] == [
        ("password_link", None, 0)
    ] * 2
    assert deliver_all(database) == [MailState.SENT, MailState.DROPPED]
    assert len(postbox.messages) == 1


def test_a_mailed_link_ends_after_an_hour_and_with_the_next_one(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    make.person(email=ADDRESS)
    for _time in range(2):
        client.post(PAGE, data={"email": ADDRESS})
        deliver_all(database)
    first, second = (str(message.get_body(("plain",))) for message in postbox.messages)
    assert first != second
    assert links(database) == 1
    with database.snapshot() as session:
        link = session.scalars(select(PasswordLink)).one()
    assert link.mailed
    assert link.expires_at - clock.now() <= timedelta(hours=1)


def test_asking_takes_no_link_away_that_an_administrator_made(
    postbox: Postbox, make: Factory, database: Database, client: FlaskClient
) -> None:
    person = make.person(email=ADDRESS)
    with database.transaction(SYSTEM) as tx:
        given = make_password_link(tx, zone_id=None, person_id=person.id)
    client.post(PAGE, data={"email": ADDRESS})
    deliver_all(database)
    assert client.get(f"/password?chiave={given}").status_code == 200
    link = link_in(postbox)
    client.post(link, data={"secret": link.partition("chiave=")[2], "new_password": ANOTHER})
    assert links(database) == 0


def test_a_mail_that_was_not_sent_leaves_no_link(
    make: Factory, database: Database, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("MAIL_FROM", "partecipa@example.org")
    make.person(email=ADDRESS)
    client.post(PAGE, data={"email": ADDRESS})
    assert deliver_all(database) == [MailState.OWED]
    assert links(database) == 0
