"""Databases that a test migrates as it likes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Engine

from tests.support.aging import Aging, Old
from tests.support.scratch_database import Scratch, scratch_database


@pytest.fixture(scope="session")
def aging(engine: Engine) -> Iterator[Aging]:
    """A sitting as the first release stored it, migrated as far as tests ask."""
    with closing(Aging(engine)) as aging:
        yield aging


@pytest.fixture
def old(aging: Aging) -> Iterator[Scratch]:
    """A copy of it: at the revision that the test first takes it to."""
    with closing(Old(aging)) as old:
        yield old


@pytest.fixture
def empty(engine: Engine) -> Iterator[Scratch]:
    """A database with nothing in it."""
    with scratch_database(engine, "scratch") as scratch:
        yield scratch
