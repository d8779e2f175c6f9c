"""Mails that are kept: read by administrators, without links into accounts that need two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM, VISITOR, Role
from consultazione.core.db import Database
from consultazione.people.commands.password_links import ask_for_password_link
from consultazione.people.commands.roles import give_role
from tests.support.factories import Factory
from tests.support.mails import deliver_all

PAGE = "/amministrazione/posta"


@pytest.fixture
def kept(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This installation has no server, and keeps its mails apart from other tests'."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("SMTP_URL", raising=False)
    settings = replace(app.extensions["settings"], data_dir=tmp_path)
    monkeypatch.setitem(app.extensions, "settings", settings)


@pytest.mark.usefixtures("kept")
def test_an_administrator_reads_them_and_one_alone_gets_into_no_office(
    make: Factory, database: Database, client: FlaskClient
) -> None:
    make.person(email="anna@example.org")
    office = make.person(email="bruna@example.org")
    with database.transaction(SYSTEM) as tx:
        role = Role.PLAN_OFFICE
        give_role(tx, zone_id=make.zone.id, email=office.email or "", role=role, table_id=None)
    administrator = make.holder(Role.ADMINISTRATOR)
    with database.transaction(VISITOR) as tx:
        for email in ("anna@example.org", "bruna@example.org"):
            ask_for_password_link(tx, email=email)
    deliver_all(database)
    make.sign_in(client, administrator)
    page = client.get(PAGE).text
    assert page.count("password?chiave=") == 2
    assert page.count("password?chiave=…") == 1
    assert "anna@example.org" in page
    make.sign_in(client, make.actor(office))
    assert client.get(PAGE).status_code == 403


@pytest.mark.usefixtures("kept")
def test_no_link_opens_the_account_of_another_zones_delegate(
    make: Factory, database: Database, client: FlaskClient
) -> None:
    administrator = make.holder(Role.ADMINISTRATOR)
    delegate = make.person(email="carla@example.org")
    there = Factory(database, name="Altra Unione")
    there.mandate(delegate, there.organisation())
    with database.transaction(VISITOR) as tx:
        ask_for_password_link(tx, email="carla@example.org")
    deliver_all(database)
    make.sign_in(client, administrator)
    page = client.get(PAGE).text
    assert "carla@example.org" in page
    assert page.count("password?chiave=…") == page.count("password?chiave=") == 1


@pytest.mark.usefixtures("kept")
def test_a_file_that_is_gone_leaves_its_line(
    make: Factory, database: Database, client: FlaskClient, tmp_path: Path
) -> None:
    make.person(email="anna@example.org")
    with database.transaction(VISITOR) as tx:
        ask_for_password_link(tx, email="anna@example.org")
    deliver_all(database)
    for file in (tmp_path / "mail").iterdir():
        file.unlink()
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "conservato qui" in page.text
