"""An application that tests may give pages of their own, or another database."""

from __future__ import annotations

import pytest
from flask import Flask

from consultazione.config import Settings
from consultazione.core.db import Database
from tests.support.applications import new_app


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    """An application of the test's own."""
    return new_app(settings, database)
