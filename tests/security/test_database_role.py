"""What whoever has the application's own access to the database still cannot do to the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from consultazione.core import log, rights
from consultazione.core.actor import SYSTEM
from consultazione.core.columns import Base
from consultazione.core.db import Database
from consultazione.core.events import Event, FreeText
from consultazione.core.log.verify import verify_stream
from consultazione.embedded import schema
from consultazione.embedded.postgres import NAME, OWNER
from consultazione.proposals.events import ProposalNotAdmitted
from consultazione.zones.events import ZoneSetUp
from tests.support.keys import SECRETS
from tests.support.superuser import as_superuser

ZONE = ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020)
TOLD = ProposalNotAdmitted(proposal_id=1, table_id=1, reason=FreeText("perché"))
EPHEMERAL = "outcome:1000000000999"

# By the number of the tampering that `verify` cannot notice by itself, or could not.
FORBIDDEN = {
    "1 another actor": "UPDATE log_entry SET actor_id = 7",
    "1 another date": "UPDATE log_entry SET at = now() WHERE number = 3",
    "1 another chain": "UPDATE log_entry SET digest = prev_digest",
    "3 the last entry removed": "DELETE FROM log_entry WHERE number = 3",
    "4 a stream renamed": f"UPDATE log_stream SET name = '{EPHEMERAL}'",
    "4 its entries renamed": f"UPDATE log_entry SET stream = '{EPHEMERAL}'",
    "4 a head removed": "DELETE FROM log_stream",
    "5 all emptied": "TRUNCATE log_entry, log_text, log_stream, job",
    "5 one emptied": "TRUNCATE log_text",
    "6 a text erased": "UPDATE log_text SET sealed = NULL",
    "6 a text removed": "DELETE FROM log_text",
    "7 another transaction": "UPDATE log_entry SET xid = '1'",
    "7 a chosen transaction": """INSERT INTO log_entry (xid, stream, number, kind, data, at, salt,
        digest, prev_digest) SELECT '1', stream, 9, kind, data, at, salt, digest, prev_digest
        FROM log_entry WHERE number = 3""",
    "7 a chosen position": """INSERT INTO log_entry (position, stream, number, kind, data, at,
        salt, digest, prev_digest) OVERRIDING SYSTEM VALUE SELECT -1, stream, 9, kind, data, at,
        salt, digest, prev_digest FROM log_entry WHERE number = 3""",
    "guards off": "ALTER TABLE log_entry DISABLE TRIGGER ALL",
    "a guard dropped": "DROP TRIGGER head_follows_entries ON log_stream",
    "a guard replaced": "CREATE OR REPLACE FUNCTION keep_log() RETURNS trigger LANGUAGE sql AS ''",
    "guards skipped": "SET session_replication_role = replica",
    "the owner's rights": f"SET ROLE {OWNER}",
    "a trap laid": "CREATE TABLE trap (id int)",
    "a table put in front": "CREATE TEMP TABLE log_entry (stream text)",
    "numbers given again": "SELECT setval('log_entry_position_seq', 1)",
    "the schema's version": "UPDATE alembic_version SET version_num = '0001'",
    "a program run": "COPY person FROM PROGRAM 'id'",
    "a file read": "SELECT pg_read_file('/etc/passwd')",
}


@pytest.fixture
def whole(connection: Connection, database: Database) -> Iterator[Connection]:
    """A log of three entries, one of them with a text; still whole after the test."""
    write(database, ZONE, TOLD, ZONE)
    yield connection
    with database.snapshot() as session:
        assert verify_stream(session, "zone:1") == []
        assert log.head(session, "zone:1") >= 3


def write(database: Database, *events: Event, stream: str = "zone:1") -> list[log.Entry]:
    with database.transaction(SYSTEM) as tx:
        for event in events:
            tx.record(stream, event)
    return tx.entries


def refused(connection: Connection, statement: str, **values: Any) -> str:
    """Why the database refuses a statement."""
    with pytest.raises(DBAPIError) as caught, connection.begin_nested():
        connection.execute(text(statement), values)
    return str(caught.value.orig)


@pytest.mark.parametrize("attack", FORBIDDEN)
def test_the_log_is_neither_changed_nor_shortened(whole: Connection, attack: str) -> None:
    said = refused(whole, FORBIDDEN[attack])
    assert "permission denied" in said or "must be owner" in said


@pytest.mark.parametrize(
    "head",
    [
        "number = 2",
        "number = 0, digest = decode(repeat('00', 32), 'hex')",
        "number = 9",
        "digest = sha256('x')",
        """number = 2, digest = (SELECT digest FROM log_entry WHERE number = 2)""",
    ],
)
def test_a_head_moves_on_with_its_entries_only(whole: Connection, head: str) -> None:
    assert "the log only grows" in refused(whole, f"UPDATE log_stream SET {head}")


def test_a_head_without_entries_is_not_made(whole: Connection) -> None:
    forged = "INSERT INTO log_stream VALUES ('zone:2', 1, sha256('x'))"
    assert "the log only grows" in refused(whole, forged)


def test_a_head_skips_no_entry(whole: Connection) -> None:
    """Forging an entry behind a gap, and the head with it."""
    entry = """INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
        SELECT stream, 5, kind, data, at, salt, sha256('x'), digest FROM log_entry
        WHERE number = 3"""
    head = "UPDATE log_stream SET number = 5, digest = sha256('x')"
    said = refused(whole, f"WITH entry AS ({entry} RETURNING 1) {head}")
    assert "the log only grows" in said


def test_a_text_is_erased_only_with_an_entry_that_says_so(
    whole: Connection, database: Database
) -> None:
    with database.snapshot() as session:
        position = log.read_stream(session, "zone:1")[1].position
    erase = f"SELECT erase_log_texts({position}); SET CONSTRAINTS ALL IMMEDIATE"
    assert "only with an entry that says so" in refused(whole, erase)


def test_only_ephemeral_streams_are_deleted(whole: Connection, database: Database) -> None:
    write(database, ZONE, TOLD, stream=EPHEMERAL)
    with database.transaction(SYSTEM) as tx:
        tx.session.execute(text("SELECT delete_ephemeral_streams('{1, 3, NULL}')"))
        assert log.head(tx.session, "zone:1") == 3
        assert log.head(tx.session, EPHEMERAL) == 2
        log.delete_ephemeral(tx.session, [1000000000999])
        assert log.head(tx.session, EPHEMERAL) == 0
        assert log.read_stream(tx.session, EPHEMERAL) == []


def test_the_role_is_no_superuser_and_owns_nothing(engine: Engine) -> None:
    with as_superuser(engine).connect() as connection:
        attributes = """SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication,
            rolbypassrls FROM pg_roles WHERE rolname IN ('consultazione', 'consultazione_owner')"""
        assert set(map(tuple, connection.execute(text(attributes)))) == {(False,) * 5}
        owned = text("SELECT relname FROM pg_class JOIN pg_roles o ON o.oid = relowner "
                     "WHERE rolname = 'consultazione'")  # fmt: skip
        assert connection.scalars(owned).all() == []


@pytest.mark.parametrize(("role", "mighty"), [(NAME, False), (OWNER, True), ("postgres", True)])
def test_a_migration_warns_of_a_role_that_can_change_the_log(
    postgres_url: str, role: str, mighty: bool
) -> None:
    url = make_url(postgres_url).set(username=role).render_as_string()
    owner = make_url(postgres_url).set(username=OWNER).render_as_string()
    assert bool(schema.migrate(owner, url, SECRETS)) is mighty


def test_every_table_of_the_log_is_on_the_list(engine: Engine) -> None:
    """A table of `core.log` that is not on it would be the application's to change."""
    models = {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith("consultazione.core.log")
    }
    assert models == set(rights.LOG_TABLES)
    named = {name for name in inspect(engine).get_table_names() if name.startswith("log_")}
    listed = {*rights.LOG_TABLES, *rights.TREE_TABLES}
    assert named - listed == {"log_cursor"}, "say what may be done to it"


def test_a_later_table_is_the_applications_to_use(engine: Engine) -> None:
    """Migrating again gives rights on what a later migration makes; nothing else has to."""
    with as_superuser(engine).connect() as connection:
        connection.execute(text("CREATE TABLE later (id bigint PRIMARY KEY)"))
        rights.grant(connection, NAME)
        connection.execute(text(f"SET LOCAL ROLE {NAME}"))
        connection.execute(text("INSERT INTO later VALUES (1)"))
        connection.execute(text("UPDATE later SET id = 2"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("TRUNCATE later"))
        connection.rollback()


@pytest.mark.parametrize(
    "statement", ["UPDATE unchecked_sum SET number = 0", "TRUNCATE unchecked_sum"]
)
def test_a_note_of_a_sum_is_not_rewritten(connection: Connection, statement: str) -> None:
    """It would stand for another sum, and nothing would be due for that one."""
    assert "permission denied" in refused(connection, statement)


def test_an_address_of_another_database_role_is_needed_for_that(engine: Engine) -> None:
    """Else nothing above would show anything: the tests' engine is the application's."""
    with Session(engine) as session:
        assert session.scalar(text("SELECT current_user")) == NAME
