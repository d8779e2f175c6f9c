"""Databases that a test migrates as it likes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.old_rows import store_an_old_sitting
from tests.support.scratch_database import Scratch, scratch_database


@pytest.fixture(scope="session")
def oldest(engine: Engine) -> Iterator[str]:
    """The name of a database that holds a sitting as the first release stored it."""
    with scratch_database(engine, "oldest") as scratch:
        scratch.upgrade("0001")
        store_an_old_sitting(scratch)
        yield "oldest"


@pytest.fixture
def old(engine: Engine, oldest: str) -> Iterator[Scratch]:
    """A copy of that database, at revision 0001."""
    with scratch_database(engine, "scratch", template=oldest) as scratch:
        yield scratch


@pytest.fixture
def empty(engine: Engine) -> Iterator[Scratch]:
    """A database with nothing in it."""
    with scratch_database(engine, "scratch") as scratch:
        yield scratch
