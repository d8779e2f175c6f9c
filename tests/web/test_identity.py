"""Who sends a request and which zone this is: handed in by the application, read once."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.people.commands.tokens import create_token
from consultazione.web import current_zone, identity
from consultazione.zones.models import Cycle
from consultazione.zones.places import Found
from tests.support.factories import Factory
from tests.support.statements import statements


class Nobody:
    """An identity that knows one person by any key, and no token."""

    def of_browser(self, _session: Session, key: str) -> tuple[Actor, bool]:
        return Actor(7, f"Whoever has {key}"), False

    def note_seen(self, _session: Session, _key: str, _now: datetime) -> None:
        raise AssertionError("it is noted already")

    def of_token(self, _session: Session, _token: str) -> Actor | None:
        return None


class Elsewhere:
    """Places of an installation with one cycle."""

    def __init__(self, cycle: Cycle) -> None:
        self.place = Found(cycle, [cycle], is_only=True)

    def at(self, _session: Session, _zone: str | None, _years: str | None) -> Found:
        return self.place

    def of(self, _session: Session, _cycle_id: object) -> Found:
        return self.place


@pytest.fixture(autouse=True)
def _zone(make: Factory) -> None:
    assert make.zone


def test_a_page_asks_for_its_reader_and_its_zone_once(
    client: FlaskClient, make: Factory, engine: Engine
) -> None:
    """The zone; for somebody signed in also the sign-in, roles, mandates, person and notices."""
    with statements(engine) as sent:
        assert client.get("/accessibilita").status_code == 200
    assert len(sent) == 1
    make.sign_in(client, make.citizen())
    with statements(engine) as sent:
        assert client.get("/accessibilita").status_code == 200
    assert len(sent) == 6


def test_a_program_is_found_by_its_token(
    client: FlaskClient, make: Factory, engine: Engine
) -> None:
    """The token, roles, mandates, the person; the zone, for which the answer asks."""
    person = make.citizen()
    with make.database.transaction(person) as tx:
        assert person.person_id is not None
        token = create_token(tx, person_id=person.person_id, label="A program")
    bearer = {"Authorization": f"Bearer {token}"}
    client.get("/api/v1/me", headers=bearer)  # the first use in an hour is written down
    with statements(engine) as sent:
        answer = client.get("/api/v1/me", headers=bearer)
    assert (answer.status_code, len(sent)) == (200, 5)
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer x"}).status_code == 401


def test_pages_take_whatever_identity_and_zone_the_application_has(
    app: Flask, make: Factory, client: FlaskClient
) -> None:
    make.sign_in(client, make.citizen())
    cycle = make.cycle
    cycle.zone.name = "A zone from elsewhere"
    identity.init(app, Nobody())
    current_zone.init(app, Elsewhere(cycle))
    page = client.get("/accessibilita").text
    assert "Whoever has" in page
    assert "A zone from elsewhere" in page
    answer = client.get("/api/v1/me", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401
