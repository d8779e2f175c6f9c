"""The migrations: they lead to just the models, and what stands in a database survives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, Table, inspect

from consultazione.core import migrate
from consultazione.core.actor import SYSTEM
from consultazione.core.columns import Base
from consultazione.core.log import verify
from consultazione.zones.events import ZoneSetUp
from tests.support.keys import SECRETS
from tests.support.scratch_database import Scratch, scratch_database


@pytest.fixture
def empty(engine: Engine) -> Iterator[Scratch]:
    """A second database of the tests' server, with nothing in it."""
    with scratch_database(engine, "migrated") as scratch:
        yield scratch


@pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")
def test_migrations_lead_to_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_checks_of_the_models_stand_in_the_database(engine: Engine) -> None:
    """Alembic does not compare checks, and a closed list of words is a check."""
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        stored = found.get_check_constraints(table.name)
        assert _checks(table) == {str(c["name"]): _words(c["sqltext"]) for c in stored}


def test_data_survives_the_next_migration(empty: Scratch) -> None:
    """Migrate, write, migrate: the log of an older version is whole under this one."""
    url = empty.engine.url.render_as_string(hide_password=False)
    migrate.upgrade(url, SECRETS)
    with empty.database().transaction(SYSTEM) as tx:
        tx.record("zone:1", ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020))
    migrate.upgrade(url, SECRETS)
    with empty.database().snapshot() as session:
        assert migrate.is_current(session)
        assert verify.streams(session) == ["zone:1"]
        assert verify.verify_stream(session, "zone:1") == []


def _checks(table: Table) -> dict[str, set[str]]:
    """The words that each check of a model admits, by the check's name."""
    return {
        str(check.name): _words(str(check.sqltext.compile(compile_kwargs={"literal_binds": True})))
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }


def _words(sql: str) -> set[str]:
    return set(re.findall(r"'(\w+)'", sql))
