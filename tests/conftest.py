"""Fixtures of all tests: one real PostgreSQL and one Valkey, a savepoint per test."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.orm import Session

from consultazione import document_kinds, events, gates, models
from consultazione.config import Settings, read_settings
from consultazione.core.db import Database
from consultazione.documents import typesetting
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.valkey import Valkey
from consultazione.people.credentials import passwords
from tests.support import markers
from tests.support.applications import borrowed, new_app
from tests.support.factories import Factory
from tests.support.keys import SECRETS
from tests.support.memory_keys import MemoryKeys
from tests.support.undone_database import undone_database

assert events.ALL
assert models.ALL
assert gates.ALL
assert document_kinds.ALL


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow and what needs a browser, and begin with it."""
    tests = Path(__file__).parent
    markers.mark(items, tests)
    markers.longest_first(items, tests)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a third of the time, tests wait for other processes."""
    return (os.cpu_count() or 1) + 1


def pytest_collection() -> None:
    """Collect no garbage while modules are loaded, which all stay until the end."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Spare the collector what stays until the end: it took a fifth of the suite's time."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Passwords of tests need no protection, and a real hash takes a tenth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_typesetters_left() -> Iterator[None]:
    """The processes that set documents end before the one of the tests does."""
    yield
    typesetting.close()


@pytest.fixture(scope="session", autouse=True)
def no_secrets_at_home() -> Iterator[None]:
    """Whatever a test starts without SECRETS_DIR keeps its secrets out of our own home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(SECRETS / "config"))
        yield


@pytest.fixture(scope="session")
def services_dir() -> Iterator[Path]:
    """A directory with a short path, readable by the account that runs the servers."""
    path = Path(tempfile.mkdtemp(prefix="cons"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def postgres_url(services_dir: Path) -> Iterator[str]:
    """A PostgreSQL server with the present schema, as the application's role sees it."""
    with Postgres(services_dir / "pg", settings={"fsync": "off"}) as postgres:
        schema.migrate(postgres.owner_url, postgres.url, SECRETS)
        yield postgres.url


@pytest.fixture(scope="session")
def valkey_server(services_dir: Path) -> Iterator[Valkey]:
    """A Valkey server."""
    with Valkey(services_dir / "valkey") as valkey:
        yield valkey


@pytest.fixture(scope="session")
def valkey_url(valkey_server: Valkey) -> str:
    """The address of that server for its operator, who may do everything."""
    return valkey_server.url


@pytest.fixture(scope="session")
def engine(postgres_url: str) -> Iterator[Engine]:
    """An engine on the tests' server."""
    engine = create_engine(postgres_url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection whose outer transaction is undone after the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def poll_keys() -> MemoryKeys:
    """The keys of the test's secret polls."""
    return MemoryKeys()


@pytest.fixture
def database(connection: Connection, poll_keys: MemoryKeys) -> Database:
    """A database whose commits are undone with the test's transaction."""
    return undone_database(connection, poll_keys)


@pytest.fixture
def make(database: Database) -> Factory:
    """Makes zones, persons, tables, proposals, sittings with honest defaults."""
    return Factory(database)


@pytest.fixture(scope="session")
def settings(services_dir: Path, valkey_server: Valkey) -> Settings:
    """Settings of an application under test, with the rights of a web process."""
    return read_settings(
        {
            "DATA_DIR": str(services_dir / "data"),
            "SECRETS_DIR": str(SECRETS),
            "RUN_DIR": str(services_dir / "run"),
            "DATABASE_URL": "postgresql://set-by-the-fixture",
            "REDIS_URL": valkey_server.url_for("web"),
            "SECRET_KEY": "a key for tests only, nothing hides behind it",
            "TESTING": "yes",
        }
    )


@pytest.fixture(scope="session")
def shared_app(settings: Settings) -> Flask:
    """One application for many tests: to make it takes longer than most of them."""
    return new_app(settings, Database(write=Session, read=Session))


@pytest.fixture
def app(shared_app: Flask, database: Database) -> Iterator[Flask]:
    """The application over the test's database.

    A folder whose tests alter more than its configuration has an `app` of its own.
    """
    with borrowed(shared_app, database) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()
