"""Whatever is falsified in a database behind the log's back is named: row, column, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from consultazione import audits
from consultazione.config import ROOT
from consultazione.core.db import Database
from consultazione.core.events import registry
from consultazione.core.personal_data import personal_data
from consultazione.importing.main import load
from tests.support.factories import Factory
from tests.support.falsifying import Falsifier
from tests.support.superuser import all_mighty
from tests.support.two_zones import one_of_everything

assert audits.ALL
STORIES = ("piacenza", "reno-lavino-samoggia-2018-2020")


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """The test's transaction, in the name of who may do anything to the tables."""
    with all_mighty(engine) as connection:
        yield connection


def test_whatever_is_falsified_is_named(
    connection: Connection, database: Database, tmp_path: Path
) -> None:
    for story in STORIES:
        load(database, (ROOT / "demo" / f"{story}.yaml").read_text(encoding="utf-8"), tmp_path)
    one_of_everything(Factory(database), tmp_path)
    with database.snapshot() as session:
        falsifier = Falsifier(connection, session)
        missed, tried = falsifier.try_everything()
    assert missed == []
    assert len(tried) > 400, sorted(tried)
    assert sorted(_said_together() - tried) == []


def _said_together() -> set[str]:
    """The columns that entries say together, in one text."""
    texts = (personal_data(event).texts for event in registry().values())
    return {
        column
        for fields in texts
        for field, columns in fields.items()
        if field in {"details", "bodies", "chapters", "phases", "priorities"}
        for column in columns
    }
