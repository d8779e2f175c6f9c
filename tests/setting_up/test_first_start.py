"""The first start: a link makes the installation's administrator, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, may
from consultazione.people.commands.password_links import make_password_link
from consultazione.people.commands.roles import give_role
from consultazione.people.queries import actor_of, find_person
from consultazione.setup.commands.first_start import make_setup_link
from tests.support.factories import PASSWORD, Factory

FORM = {"email": "prima@example.org", "display_name": "Prima Persona", "password": PASSWORD}


def link(make: Factory, *, ago: timedelta = timedelta()) -> str:
    """The secret of a link that was made some time ago."""
    with make.database.transaction(SYSTEM) as tx, tx.acting_as(SYSTEM, at=tx.now - ago):
        return make_setup_link(tx)


def test_the_first_page_says_how_it_begins(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "consultazione setup-link" in page.text
    assert client.get("/tavoli").status_code == 404


def test_who_holds_the_link_administers_the_installation_and_no_zone(
    client: FlaskClient, make: Factory
) -> None:
    secret = link(make)
    sent = client.post("/primo-avvio", data={**FORM, "secret": secret})
    assert sent.location == "/accedi?next=/nuova-zona"
    with make.database.snapshot() as session:
        person = find_person(session, FORM["email"])
        assert person is not None
        actor = actor_of(session, person.id)
        assert [e.kind for e in log.read_stream(session, f"person:{person.id}")] == [
            "person.registered",
            "installer.appointed",
        ]
    assert may(actor, Permission.BEGIN_DRAFT)
    assert not may(actor, Permission.GIVE_ROLE, zone_id=make.zone.id)
    again = client.post("/primo-avvio", data={**FORM, "secret": secret, "email": "b@example.org"})
    assert again.status_code == 404


@pytest.mark.parametrize("fault", ["late", "replaced", "unknown"])
def test_a_link_that_is_over_opens_nothing(client: FlaskClient, make: Factory, fault: str) -> None:
    secret = link(make, ago=timedelta(hours=25) if fault == "late" else timedelta())
    if fault == "replaced":
        link(make)
    asked = "x" if fault == "unknown" else secret
    assert client.get(f"/primo-avvio?chiave={asked}").status_code == 404
    assert client.post("/primo-avvio", data={**FORM, "secret": asked}).status_code == 404
    with make.database.snapshot() as session:
        assert find_person(session, FORM["email"]) is None


def test_a_refused_form_does_not_use_the_link_up(client: FlaskClient, make: Factory) -> None:
    secret = link(make)
    short = client.post("/primo-avvio", data={**FORM, "secret": secret, "password": "kurz"})
    assert short.status_code == 422
    assert client.post("/primo-avvio", data={**FORM, "secret": secret}).status_code == 302


def test_who_is_signed_in_is_asked_to_sign_out(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.citizen())
    assert client.get(f"/primo-avvio?chiave={link(make)}").status_code == 409


def test_a_zone_reaches_nobody_who_administers_the_installation(
    make: Factory, installer: Actor
) -> None:
    """Neither alone nor with a second administrator: the machine's own command does."""
    other = make.holder(Role.ADMINISTRATOR)
    with make.database.transaction(other) as tx, pytest.raises(NotAllowed):
        make_password_link(tx, zone_id=make.zone.id, person_id=installer.person_id or 0)
    with make.database.transaction(SYSTEM) as tx:
        assert make_password_link(tx, zone_id=None, person_id=installer.person_id or 0)


def test_who_administers_the_installation_gives_no_role_in_a_zone(
    make: Factory, installer: Actor
) -> None:
    person = make.person()
    with make.database.transaction(installer) as tx, pytest.raises(NotAllowed):
        give_role(tx, zone_id=make.zone.id, email=person.email or "", role=Role.ADMINISTRATOR)
