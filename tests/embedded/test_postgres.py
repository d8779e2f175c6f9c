"""The embedded PostgreSQL: what survives, what it replaces, what it refuses."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from consultazione.core import migrate
from consultazione.embedded import schema
from consultazione.embedded.errors import CannotStart
from consultazione.embedded.postgres import OWNER, Postgres
from consultazione.embedded.process import servers_in
from tests.support.keys import SECRETS


def query(server: Postgres, statement: str) -> list[tuple[object, ...]]:
    """What a statement of the owner finds."""
    with psycopg.connect(_plain(server.owner_url), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


@pytest.fixture
def postgres(place: Path) -> Postgres:
    return Postgres(place / "postgres")


def test_the_owner_is_no_superuser_and_makes_what_migrations_need(postgres: Postgres) -> None:
    with postgres:
        (row,) = query(
            postgres,
            "SELECT current_user, rolsuper FROM pg_user JOIN pg_roles "
            "ON usename = rolname WHERE usename = current_user",
        )
        assert row == ("consultazione_owner", False)
        query(postgres, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")


def test_the_application_makes_nothing(postgres: Postgres) -> None:
    with postgres, psycopg.connect(_plain(postgres.url), autocommit=True) as connection:
        for statement in ("CREATE TABLE mine ()", "CREATE TEMP TABLE mine ()", "CREATE DATABASE d"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_database_of_before_is_taken_from_the_application(postgres: Postgres) -> None:
    """Earlier versions had one role, which owned everything and could make databases."""
    with postgres:
        with psycopg.connect(_plain(postgres.owner_url).replace(OWNER, "postgres", 1)) as mighty:
            mighty.execute("ALTER ROLE consultazione CREATEDB")
            mighty.execute("REASSIGN OWNED BY consultazione_owner TO consultazione")
        migrate.upgrade(postgres.url, SECRETS)
    with postgres:
        schema.migrate(postgres.owner_url, postgres.url, SECRETS)
        owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        assert query(postgres, owners) == [("consultazione_owner",)]
        made = "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'consultazione'"
        assert query(postgres, made) == [(False,)]
        with psycopg.connect(_plain(postgres.url), autocommit=True) as application:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute("TRUNCATE log_entry, log_text, log_stream, job")
            assert application.execute("SELECT count(*) FROM person").fetchone() == (0,)


def test_committed_rows_survive_a_kill_of_the_server(postgres: Postgres) -> None:
    with postgres:
        query(postgres, "CREATE TABLE kept AS SELECT 7 AS number")
        assert postgres.process is not None
        postgres.process.kill()
        postgres.process.wait()
        postgres.start()
        assert query(postgres, "SELECT number FROM kept") == [(7,)]


def test_orphan_of_a_dead_owner_is_replaced(place: Path, postgres: Postgres) -> None:
    with postgres:
        orphan = postgres.process
        assert orphan is not None
        postgres._lock.release()  # as the kernel does when the owner is killed
        with Postgres(place / "postgres") as heir:
            assert orphan.wait(5) == 0
            assert heir.process is not None
            assert query(heir, "SELECT 1") == [(1,)]
        postgres.process = None


def test_living_owner_is_left_alone(place: Path, postgres: Postgres) -> None:
    with postgres:
        with pytest.raises(CannotStart, match=f"in use by process {os.getpid()}"):
            Postgres(place / "postgres").start()
        assert query(postgres, "SELECT 1") == [(1,)]


def test_stop_leaves_nothing_behind(postgres: Postgres) -> None:
    with postgres:
        sockets = postgres.socket_dir
        assert servers_in(postgres.data_dir, "postgres")
    assert not servers_in(postgres.data_dir, "postgres")
    assert not sockets.exists()


def test_stale_pid_file_with_the_number_of_another_program(postgres: Postgres) -> None:
    with postgres:
        pass
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (postgres.data_dir / "postmaster.pid").write_text(f"{stranger.pid}\n")
        try:
            with postgres:
                assert query(postgres, "SELECT 1") == [(1,)]
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_data_of_another_version_is_refused(place: Path) -> None:
    cluster = place / "postgres"
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(CannotStart, match="written by PostgreSQL 17 and this is 18"):
        Postgres(cluster).start()


def test_foreign_files_are_not_overwritten(place: Path) -> None:
    cluster = place / "postgres"
    cluster.mkdir()
    (cluster / "letter.txt").write_text("mine")
    with pytest.raises(CannotStart, match="holds other files"):
        Postgres(cluster).start()
    assert (cluster / "letter.txt").read_text() == "mine"


def test_no_value_of_a_row_reaches_the_log(postgres: Postgres) -> None:
    with postgres:
        query(postgres, "CREATE TABLE person (email text UNIQUE)")
        query(postgres, "INSERT INTO person VALUES ('anna@example.org')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            query(postgres, "INSERT INTO person VALUES ('anna@example.org')")
    log = postgres.log.read_text()
    assert "duplicate key" in log
    assert "anna@" not in log
