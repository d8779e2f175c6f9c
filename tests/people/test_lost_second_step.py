"""A lost second step: a link of an administrator, confirmed by a second one for who has power."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict
from consultazione.people.commands.password_links import confirm_password_link
from consultazione.people.credentials.password_links import link_of
from consultazione.people.models import Person, Resets
from consultazione.people.second_step.commands.links import make_second_step_link
from tests.support.factories import PASSWORD, Factory
from tests.support.second_steps import first_step, turn_on


@pytest.fixture
def office(make: Factory, client: FlaskClient) -> Person:
    """Somebody of the plan office who signs in by two steps."""
    holder = make.holder(Role.PLAN_OFFICE)
    turn_on(make.sign_in(client, holder))
    with make.session() as session:
        return session.get_one(Person, holder.person_id)


def test_two_administrators_open_the_way_and_the_password_does(
    app: Flask, make: Factory, client: FlaskClient, office: Person
) -> None:
    first, second = make.holder(Role.ADMINISTRATOR), make.holder(Role.ADMINISTRATOR)
    desk = make.sign_in(app.test_client(), first)
    page = f"{make.at}/amministrazione/persone/{office.id}"
    shown = desk.post(f"{page}/secondo-passaggio")
    (path,) = re.findall(r"/secondo-passaggio\?chiave=[\w-]+", shown.text)
    secret = path.partition("=")[2]
    stranger = app.test_client()
    assert "Un secondo amministratore deve confermare" in stranger.get(path).text
    form = {"secret": secret, "password": PASSWORD}
    assert stranger.post("/secondo-passaggio", data=form).status_code == 422
    with make.session() as session:
        link = link_of(session, office.id, now=clock.now(), resets=Resets.SECOND_STEP)
        assert link is not None
    with pytest.raises(Conflict), make.database.transaction(first) as tx:
        confirm_password_link(tx, zone_id=make.zone.id, link_id=link.id)
    with make.database.transaction(second) as tx:
        confirm_password_link(tx, zone_id=make.zone.id, link_id=link.id)
    wrong = form | {"password": "not it"}
    assert stranger.post("/secondo-passaggio", data=wrong).status_code == 422
    assert stranger.post("/secondo-passaggio", data=form).location == "/accedi"
    assert stranger.get(path).status_code == 404  # once
    assert client.get("/profilo").status_code == 302  # every browser is signed out
    assert first_step(stranger, office.email) == "/"


def test_such_a_link_chooses_no_password(
    make: Factory, client: FlaskClient, office: Person
) -> None:
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        secret = make_second_step_link(tx, zone_id=make.zone.id, person_id=office.id)
    assert client.get(f"/password?chiave={secret}").status_code == 404


def test_a_link_needs_a_second_step_to_take_away(make: Factory) -> None:
    admin, plain = make.holder(Role.ADMINISTRATOR), make.citizen()
    for person_id in (plain.person_id, admin.person_id):
        with pytest.raises(Conflict), make.database.transaction(admin) as tx:
            make_second_step_link(tx, zone_id=make.zone.id, person_id=person_id or 0)
