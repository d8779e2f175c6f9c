"""The migrations: they lead to just the models, and what stands in a database survives them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, Table, create_engine, inspect, text
from sqlalchemy.orm import Session

from consultazione.core import migrate, verify
from consultazione.core.actor import SYSTEM
from consultazione.core.columns import Base
from consultazione.core.db import Database
from consultazione.zones.events import ZoneSetUp

SIDE = "migrated"


@pytest.fixture
def empty(engine: Engine) -> Iterator[Engine]:
    """A second database of the tests' server, with nothing in it."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {SIDE}"))
        side = create_engine(engine.url.set(database=SIDE))
        yield side
        side.dispose()
        connection.execute(text(f"DROP DATABASE {SIDE}"))


@pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")
def test_migrations_lead_to_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_checks_of_the_models_stand_in_the_database(engine: Engine) -> None:
    """Alembic does not compare checks, and closed lists of words are checks."""
    found = inspect(engine)
    missing = {
        table.name: names
        for table in Base.metadata.sorted_tables
        if (names := _checks(table) - {c["name"] for c in found.get_check_constraints(table.name)})
    }
    assert missing == {}


def test_data_survives_the_next_migration(empty: Engine) -> None:
    """Migrate, write, migrate: the log of an older version is whole under this one."""
    url = empty.url.render_as_string(hide_password=False)
    database = Database(write=lambda: Session(empty), read=lambda: Session(empty))
    migrate.upgrade(url)
    with database.transaction(SYSTEM) as tx:
        tx.record("zone:1", ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020))
    migrate.upgrade(url)
    with database.snapshot() as session:
        assert migrate.is_current(session)
        assert verify.streams(session) == ["zone:1"]
        assert verify.verify_stream(session, "zone:1") == []


def _checks(table: Table) -> set[str]:
    return {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
