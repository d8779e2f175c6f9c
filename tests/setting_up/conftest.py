"""A first administrator of the installation, and their browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM, Actor
from consultazione.people.commands.installers import appoint_installer
from tests.support.factories import Factory


@pytest.fixture
def installer(make: Factory) -> Actor:
    """Somebody who administers the installation, in which there is no zone yet."""
    person = make.person()
    with make.database.transaction(SYSTEM) as tx:
        appoint_installer(tx, email=person.email or "")
    return make.actor(person)


@pytest.fixture
def at_work(client: FlaskClient, make: Factory, installer: Actor) -> FlaskClient:
    """Their browser."""
    return make.sign_in(client, installer)
