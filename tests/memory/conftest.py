"""Fixtures of the memory."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core.actor import Actor, Role
from tests.support.factories import Factory
from tests.support.past_cycles import Memory


@pytest.fixture
def memory(make: Factory) -> Memory:
    """A zone with a past cycle and a present one."""
    return Memory(make)


@pytest.fixture
def office(make: Factory, memory: Memory) -> Actor:
    """A person of the plan office."""
    assert memory.now.id
    return make.holder(Role.PLAN_OFFICE)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser that asks for English, the language of the source."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
