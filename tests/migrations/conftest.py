"""A database that a test migrates as it likes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.scratch_database import Scratch, scratch_database


@pytest.fixture
def scratch(engine: Engine) -> Iterator[Scratch]:
    """An empty database of the tests' server."""
    with scratch_database(engine) as scratch:
        yield scratch
