"""Whatever is changed in a log, its tree or its checkpoints is found, and named."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.events import FreeText
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.core.log.verify import Fault
from consultazione.people.events import PersonRegistered
from consultazione.proposals.events import ProposalNotAdmitted
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.notes import Note, Signer, parse_note
from consultazione.transparency.queries import newest_checkpoint
from consultazione.transparency.verifying import parts
from consultazione.verify_cli import Audit, log_and_tree, state
from consultazione.zones.events import ZoneSetUp
from tests.support.final_commits import final_commits
from tests.support.keys import SECRETS, text_keys
from tests.support.superuser import as_superuser

SIGNER = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(b"k" * 32))
STREAMS = ("zone:1", "zone:2", "table:1", "person:1")


@pytest.fixture(scope="module")
def shared(engine: Engine) -> Iterator[Database]:
    """A log of 700 entries with texts, of which 650 are covered by two checkpoints."""
    with final_commits(engine) as database:
        for count in (300, 350):
            write(database, count)
            with database.transaction(SYSTEM) as tx:
                grow(tx)
                publish(tx, signer=SIGNER)
        write(database, 50)
        with database.transaction(SYSTEM) as tx:
            tx.record(f"sitting:{EPHEMERAL_FROM}", ZoneSetUp(zone_id=1, cycle_start=1, cycle_end=2))
        yield database


def write(database: Database, count: int) -> None:
    with database.transaction(SYSTEM) as tx:
        for n in range(count):
            stream = STREAMS[n % 4]
            if stream == "table:1":
                told = ProposalNotAdmitted(proposal_id=n, table_id=1, reason=FreeText(f"no {n}"))
                tx.record(stream, told)
            elif stream == "person:1":
                tx.record(stream, PersonRegistered(person_id=1))
            else:
                tx.record(stream, ZoneSetUp(zone_id=1, cycle_start=n, cycle_end=n))


@pytest.fixture
def kept(shared: Database) -> str:
    """The newest checkpoint, as somebody has kept it."""
    with shared.snapshot() as session:
        newest = newest_checkpoint(session)
    assert newest is not None
    return newest.note


Tampered = Callable[..., list[Fault]]


@pytest.fixture
def tampered(shared: Database, engine: Engine) -> Iterator[Tampered]:
    """What is found after statements of somebody who may do anything in the database.

    All of it is undone after the test.
    """
    with as_superuser(engine).connect() as connection:
        outer = connection.begin()
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")

        def find(*statements: str, kept: str = "") -> list[Fault]:
            for statement in statements:
                changed = connection.exec_driver_sql(statement)
                assert changed.rowcount != 0, statement
            return faults_of(connection, kept)

        yield find
        outer.rollback()


def faults_of(connection: Connection, kept: str = "") -> list[Fault]:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        text_keys().attach(session)
        audit = Audit(session, key=SIGNER.key, kept=(kept,) if kept else ())
        return list(log_and_tree(audit))


def test_a_whole_log_is_whole(tampered: Tampered, kept: str) -> None:
    assert tampered(kept=kept) == []


ENTRY = "WHERE stream = 'zone:1' AND number = 7"
MUTATIONS = {
    "another actor": (f"UPDATE log_entry SET actor_id = 7 {ENTRY}", "zone:1", 7),
    "another date": (f"UPDATE log_entry SET at = at + interval '1us' {ENTRY}", "zone:1", 7),
    "another kind": (f"UPDATE log_entry SET kind = 'zone.set' {ENTRY}", "zone:1", 7),
    "other data": (f"UPDATE log_entry SET data = data || '{{\"a\": 1}}' {ENTRY}", "zone:1", 7),
    "no data": (f"UPDATE log_entry SET data = '[]' {ENTRY}", "zone:1", 7),
    "another salt": (f"UPDATE log_entry SET salt = digest {ENTRY}", "zone:1", 7),
    "another digest": (f"UPDATE log_entry SET digest = sha256(digest) {ENTRY}", "zone:1", 7),
    "another link": (f"UPDATE log_entry SET prev_digest = digest {ENTRY}", "zone:1", 7),
    "removed": (f"DELETE FROM log_entry {ENTRY}", "zone:1", 7),
    "moved": (f"UPDATE log_entry SET stream = 'zone:2', number = 9999 {ENTRY}", "zone:1", 7),
    "numbered anew": (f"UPDATE log_entry SET number = 9999 {ENTRY}", "zone:1", 7),
    "a text removed": (
        "DELETE FROM log_text WHERE position = (SELECT position FROM log_entry"
        " WHERE stream = 'table:1' AND number = 3)", "table:1", 3,
    ),
    "a text damaged": (
        "UPDATE log_text SET sealed = sealed || 'x' WHERE position = (SELECT position"
        " FROM log_entry WHERE stream = 'table:1' AND number = 3)", "table:1", 3,
    ),
    "a text exchanged": (
        "UPDATE log_text t SET sealed = o.sealed FROM log_text o WHERE o.position <> t.position"
        " AND t.position = (SELECT position FROM log_entry WHERE stream = 'table:1'"
        " AND number = 3)", "table:1", 3,
    ),
    "a text added": (
        "INSERT INTO log_text SELECT e.position, 'other', 10 ^ 9, sealed FROM log_text,"
        " log_entry e WHERE e.stream = 'zone:1' AND e.number = 7 LIMIT 1", "zone:1", 7,
    ),
    "a head removed": ("DELETE FROM log_stream WHERE name = 'zone:1'", "zone:1", 176),
    "a head set back": ("UPDATE log_stream SET number = 5 WHERE name = 'zone:1'", "zone:1", 177),
    "a stream without entries": (
        "INSERT INTO log_stream SELECT 'zone:9', 3, digest FROM log_stream LIMIT 1", "zone:9", 1,
    ),
    "a leaf removed": ("DELETE FROM log_leaf WHERE number = 100", "zone:2", None),
    "a leaf of another entry": (
        "UPDATE log_leaf SET position = (SELECT position FROM log_entry"
        " WHERE stream LIKE 'sitting%%') WHERE number = 8", "zone:2", None,
    ),
    "the last leaf removed": ("DELETE FROM log_leaf WHERE number = 649", None, None),
    "a tile changed": (
        "UPDATE log_tile SET hashes = set_byte(hashes, 32 * 9, 255 - get_byte(hashes, 32 * 9))"
        " WHERE level = 0 AND number = 1", None, None,
    ),
    "the root of a tile": (
        "UPDATE log_tile SET root = sha256(root) WHERE level = 0 AND number = 1", "log", None,
    ),
    "a tile removed": ("DELETE FROM log_tile WHERE level = 0 AND number = 1", "log", None),
    "a checkpoint changed": (
        "UPDATE log_checkpoint SET root = sha256(root) WHERE size = 300", "log", 300,
    ),
    "the newest checkpoint changed": (
        "UPDATE log_checkpoint SET root = sha256(root) WHERE size = 650", "log", 650,
    ),
    "the newest note changed": (
        "UPDATE log_checkpoint SET note = replace(note, 'example', 'exemple') WHERE size = 650",
        "log", 650,
    ),
    "the last entry of a stream removed, its head set back": (
        "DELETE FROM log_entry WHERE stream = 'zone:1' AND number = 176", "zone:1", 176,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_is_found_and_named(tampered: Tampered, name: str) -> None:
    statement, stream, number = MUTATIONS[name]
    found = tampered(statement)
    assert found
    assert all(fault.what for fault in found)
    if stream is not None:
        places = {(fault.stream, fault.number) for fault in found}
        assert any(s == stream and number in {n, None} for s, n in places), found


# Rewriting the end of a stream from an entry on, with right digests, as only a program can.
def rewrite(connection: Connection, stream: str, start: int) -> None:
    rows = connection.exec_driver_sql(
        f"SELECT * FROM log_entry WHERE stream = '{stream}' AND number >= {start} ORDER BY number"
    ).all()
    digest = rows[0].prev_digest
    for row in rows:
        before, actor_id = digest, 4242 if row.number == start else row.actor_id
        entry = log.canonical(
            stream=stream, number=row.number, kind=row.kind, at=row.at, actor_id=actor_id,
            data=row.data, salt=row.salt,
        )  # fmt: skip
        digest = log.chain_digest(before, entry)
        connection.exec_driver_sql(
            "UPDATE log_entry SET actor_id = %s, prev_digest = %s, digest = %s WHERE position = %s",
            (actor_id, before, digest, row.position),
        )
    connection.exec_driver_sql(
        "UPDATE log_stream SET digest = %s WHERE name = %s", (digest, stream)
    )


@pytest.fixture
def owner(shared: Database, engine: Engine) -> Iterator[Connection]:
    """A connection that may do anything, undone after the test."""
    with as_superuser(engine).connect() as connection:
        outer = connection.begin()
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield connection
        outer.rollback()


def forge_tree(connection: Connection) -> None:
    """Make tree and checkpoint anew over what is there, as somebody without the key can."""
    for table in ("log_cosignature", "log_checkpoint", "log_tile", "log_leaf"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    forger = Signer(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"f" * 32))
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        database = Database(write=lambda: session, read=lambda: session)
        with database.transaction(SYSTEM) as tx:
            grow(tx)
            publish(tx, signer=forger)


def test_a_rewritten_tail_is_found_in_the_tree(owner: Connection, kept: str) -> None:
    rewrite(owner, "zone:2", 60)
    found = faults_of(owner, kept)
    places = {(fault.stream, fault.number) for fault in found}
    assert ("zone:2", 60) in places
    assert ("log", 650) in places


def test_a_rewritten_tail_with_a_forged_tree_is_found_by_a_kept_checkpoint(
    owner: Connection, kept: str
) -> None:
    rewrite(owner, "zone:2", 60)
    forge_tree(owner)
    found = [fault.what for fault in faults_of(owner, kept)]
    assert any("not signed by" in what or "does not hold" in what for what in found)
    assert any("not those of the checkpoint that was kept" in what for what in found)


def test_a_removed_stream_is_found_by_a_kept_checkpoint(owner: Connection, kept: str) -> None:
    for table, column in (("log_entry", "stream"), ("log_stream", "name")):
        owner.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = 'zone:2'")
    found = {fault.what for fault in faults_of(owner)}
    assert any("tree" in what for what in found)
    forge_tree(owner)
    whats = [fault.what for fault in faults_of(owner, kept)]
    assert any("entries are missing: a checkpoint that was kept has 650" in what for what in whats)


def test_a_removed_last_entry_is_found(owner: Connection, kept: str) -> None:
    """The last that is covered: those after it, and its head, are taken away as well."""
    owner.exec_driver_sql(
        "DELETE FROM log_entry WHERE position >= (SELECT max(position) FROM log_leaf)"
    )
    owner.exec_driver_sql("DELETE FROM log_leaf WHERE number = 649")
    owner.exec_driver_sql(
        "DELETE FROM log_text WHERE position > (SELECT max(position) FROM log_leaf)"
    )
    owner.exec_driver_sql("DELETE FROM log_checkpoint WHERE size = 650")
    owner.exec_driver_sql(
        "UPDATE log_stream s SET number = e.number, digest = e.digest FROM log_entry e"
        " WHERE e.stream = s.name AND e.number = (SELECT max(number) FROM log_entry"
        " WHERE stream = s.name)"
    )
    owner.exec_driver_sql("DELETE FROM log_stream WHERE name LIKE 'sitting%%'")
    assert faults_of(owner) == []
    (found,) = faults_of(owner, kept)
    assert found.what == "entries are missing: a checkpoint that was kept has 650, 649 are there"


def test_a_kept_checkpoint_of_somebody_else(shared: Database, owner: Connection, kept: str) -> None:
    text = parse_note(kept).text
    other = Signer(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"o" * 32))
    for strange in ("nothing", str(Note(text, [other.sign(text)]))):
        (found,) = faults_of(owner, strange)
        assert "the kept checkpoint is not ours" in found.what


@pytest.mark.parametrize("data", ["[]", "{}", '{"zone_id": {}}'])
def test_entries_that_say_nothing_do_not_stop_the_audit_of_rows(
    owner: Connection, data: str
) -> None:
    owner.exec_driver_sql(f"UPDATE log_entry SET data = '{data}' {ENTRY}")
    with Session(owner, join_transaction_mode="create_savepoint") as session:
        text_keys().attach(session)
        found = [str(fault.what) for fault in state(Audit(session))]
    assert "person id=1 is missing, the log has it" in found


COLUMNS = ("stream", "number", "kind", "data", "actor_id", "at", "salt", "digest", "prev_digest")


@pytest.mark.parametrize("seed", range(12))
def test_a_random_mutation_of_a_row_is_found(owner: Connection, seed: int) -> None:
    chance = random.Random(seed)
    column, number, bit = chance.choice(COLUMNS), chance.randint(1, 160), chance.randint(0, 100)
    change = {
        "stream": "'zone:77'",
        "number": f"{chance.randint(1000, 9999)}",
        "kind": "kind || 'x'",
        "data": f"data || '{{\"table_id\": {chance.randint(5, 99)}}}'",
        "actor_id": f"{chance.randint(1, 99)}",
        "at": f"at + interval '{chance.randint(1, 10**6)} us'",
    }.get(column, f"set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))")
    stream = chance.choice(STREAMS)
    owner.exec_driver_sql(
        f"UPDATE log_entry SET {column} = {change} WHERE stream = '{stream}' AND number = {number}"
    )
    found = faults_of(owner)
    assert any(f.stream == stream and abs(f.number - number) <= 1 for f in found), (change, found)


def test_parts_and_processes_find_the_same(
    shared: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shared.snapshot() as session:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        whole = parts.sweep_all(session, None)
        monkeypatch.setattr(parts, "_PART", 90)
        in_parts = parts.sweep_all(session, None)
        url = engine.url.render_as_string(hide_password=False)
        shared_out = parts.sweep_all(session, parts.Place(url, SECRETS))
    assert whole == in_parts == shared_out
    assert whole.count == 701
    assert whole.unleaved == 50
    assert whole.suspects == set()
    assert whole.misplaced is None
