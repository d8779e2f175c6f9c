"""Whoever types an address has three mails an hour sent to it, whatever page they type it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import func, select

from consultazione.config import Settings
from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail
from consultazione.web.security import limiter
from tests.support.applications import new_app
from tests.support.factories import PASSWORD, Factory

ADDRESS = "anna@example.org"


@pytest.fixture
def limited(
    settings: Settings, database: Database, make: Factory, valkey_url: str
) -> Iterator[Flask]:
    """The application with its rate limits."""
    assert make.zone.id
    Redis.from_url(valkey_url).flushdb()
    yield new_app(replace(settings, testing=False), database)
    Redis.from_url(valkey_url).flushdb()
    limiter.enabled = False


def mails(database: Database) -> int:
    with database.snapshot() as session:
        return session.scalar(select(func.count()).select_from(Mail)) or 0


def register(app: Flask, email: str, password: str = PASSWORD) -> int:
    form = {"email": email, "display_name": "Anna Rossi", "password": password}
    return app.test_client().post("/registrati", data=form).status_code


def test_who_registers_a_strangers_address_again_and_again_floods_nobody(
    limited: Flask, database: Database
) -> None:
    assert register(limited, ADDRESS, "short") == 422  # is owed no mail, and counts for nothing
    assert [register(limited, " Anna@EXAMPLE.org ") for _each in range(3)] == [302] * 3
    assert register(limited, ADDRESS) == 429
    refused = limited.test_client().post("/password-dimenticata", data={"email": ADDRESS})
    assert refused.status_code == 429
    assert "tre messaggi" in refused.text
    assert register(limited, "bruna@example.org") == 302
    assert mails(database) == 4


def test_who_is_signed_in_floods_neither_others_nor_their_own_address(
    limited: Flask, make: Factory, database: Database
) -> None:
    one, other = (make.sign_in(limited.test_client(), make.citizen()) for _each in range(2))
    form = {"email": ADDRESS, "password": PASSWORD}
    asked = [
        client.post("/profilo/indirizzo", data=form).status_code for client in [one, other] * 2
    ]
    assert asked == [302, 302, 302, 429]
    assert register(limited, "carla@example.org") == 302
    carla = limited.test_client()
    carla.post("/accedi", data={"email": "carla@example.org", "password": PASSWORD})
    assert [carla.post("/profilo/conferma").status_code for _each in range(3)] == [302, 302, 429]
    assert mails(database) == 3 + 3


def test_what_is_no_address_counts_for_its_sender_alone(limited: Flask) -> None:
    here, there = ({"REMOTE_ADDR": one} for one in ("192.0.2.1", "192.0.2.2"))
    page = "/password-dimenticata"
    for environ in (here, there):
        answers = [
            limited.test_client().post(page, data={"email": one}, environ_base=environ).status_code
            for one in ("no", "no", "no", "no", "dora@example.org")
        ]
        assert answers == [422] * 4 + [200]
