"""Three hundred random changes to a database, behind the log's back: all found, all named.

Rows of the state are falsified, taken away and added; entries, texts and streams of the log too.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from consultazione import audits
from consultazione.core.audit import books
from consultazione.core.audit.compare import compared, folded
from consultazione.core.db import Database
from consultazione.importing.main import load
from consultazione.verify_cli import Audit, log_and_tree
from tests.support.archives import STORY, signed
from tests.support.database_attacks import ATTACKS, ROW_ATTACKS, SHARES
from tests.support.falsifying import unguard
from tests.support.keys import text_keys
from tests.support.memory_keys import MemoryKeys
from tests.support.superuser import all_mighty
from tests.support.undone_database import undone_database

assert audits.ALL


@pytest.fixture(scope="module")
def mighty(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A database with a cycle and a signed log, in the hands of who may do anything."""
    with all_mighty(engine) as connection:
        database: Database = undone_database(connection, MemoryKeys())
        load(database, STORY, tmp_path_factory.mktemp("uploads"))
        signed(database)
        unguard(connection)
        yield connection


@pytest.fixture(scope="module")
def session(mighty: Connection) -> Iterator[Session]:
    """Reads what stands there."""
    with Session(mighty, join_transaction_mode="create_savepoint") as session:
        text_keys().attach(session)
        yield session


def test_eighty_changes_of_the_log(mighty: Connection, session: Session) -> None:
    chance, missed = random.Random(12), []
    assert list(log_and_tree(Audit(session))) == []
    for attack, times in ATTACKS.items():
        for _each in range(times):
            with mighty.begin_nested() as point:
                name = attack(mighty, chance)
                faults = [f"{one.stream} #{one.number}" for one in log_and_tree(Audit(session))]
                point.rollback()
            session.expire_all()
            if not any(fault.startswith(name) for fault in faults):
                missed.append((attack.__name__, name, faults[:3]))
    assert missed == []
    assert sum(ATTACKS.values()) == 80


def test_two_hundred_and_twenty_rows(mighty: Connection, session: Session) -> None:
    chance, missed, tried = random.Random(13), [], Counter[str]()
    tables = [rows for book in books() for rows in folded(session, book) if rows.rows]
    assert not [one for rows in tables for one in compared(session, rows)]
    while tried.total() < 220:
        rows = chance.choice(tables)
        kind = chance.choices(list(ROW_ATTACKS), SHARES)[0]
        with mighty.begin_nested() as point:
            name = ROW_ATTACKS[kind](mighty, rows, chance)
            named = [str(one) for one in compared(session, rows)] if name else []
            point.rollback()
        if name:
            tried[kind] += 1
            if not any(name in one for one in named):
                missed.append((kind, name, named[:3]))
    assert missed == []
    assert min(tried.values()) >= 10, tried
