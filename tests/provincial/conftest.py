"""Fixtures of the provincial programme."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.factories import Factory
from tests.support.provinces import Province


@pytest.fixture
def province(make: Factory) -> Province:
    """A territory with two zones and a project."""
    return Province(make)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser that asks for English, the language of the source."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
