"""The tree follows the log, whatever is appended, whoever grows it, and wherever it is cut."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, true
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.events import Event
from consultazione.core.log import EntryRow
from consultazione.log_keys import LogKeys
from consultazione.sittings.events import SittingClosed
from consultazione.transparency import lookout, queries, tree
from consultazione.transparency.checkpoint import Checkpoint, open_checkpoint
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.leaves import leaf
from consultazione.transparency.lookout import EVERY, Lookout
from consultazione.transparency.models import LeafRow
from consultazione.transparency.notes import Note, Signer
from consultazione.transparency.proofs import check_proof
from consultazione.transparency.tiles import tiles_of
from consultazione.zones.events import ZoneSetUp
from tests.support.final_commits import final_commits
from workers.loops import public_log
from workers.loops.public_log import PublicLog

SIGNER = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(b"k" * 32))
ZONE = ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020)
REHEARSED = f"sitting:{log.EPHEMERAL_FROM + 1}"


def write(database: Database, stream: str, count: int = 1, event: Event = ZONE) -> None:
    with database.transaction(SYSTEM) as tx:
        for _ in range(count):
            tx.record(stream, event)


def grown(database: Database, limit: int = 5000) -> int:
    with database.transaction(SYSTEM) as tx:
        return grow(tx, limit=limit)


def published(database: Database) -> Checkpoint | None:
    with database.transaction(SYSTEM) as tx:
        grow(tx)
        return publish(tx, signer=SIGNER)


def expected(database: Database) -> list[bytes]:
    """The hashes of the leaves that the kept entries should be."""
    with database.snapshot() as session:
        rows = session.scalars(select(EntryRow).order_by(EntryRow.position)).all()
        kept = [row for row in rows if not log.is_ephemeral(row.stream)]
        return [tree.leaf_hash(leaf(row.stream, row.number, row.digest)) for row in kept]


def all_tiles(session: Session, size: int) -> dict[str, list[bytes]]:
    return {tile.path: queries.read_hashes(session, tile) for tile in tiles_of(size)}


def test_streams_of_accounts_are_not_named() -> None:
    assert leaf("table:12", 3, b"\x01" * 32) == (
        b'{"digest":"%s","number":3,"stream":"table:12"}' % (b"01" * 32)
    )
    assert leaf("person:12", 3, b"\x01" * 32) == b'{"digest":"%s"}' % (b"01" * 32)


def test_rehearsals_are_no_leaves(database: Database) -> None:
    write(database, "zone:1")
    write(database, REHEARSED, 3)
    write(database, "person:4")
    checkpoint = published(database)
    assert checkpoint is not None
    assert checkpoint.size == 2
    assert checkpoint.root == tree.root_of(expected(database))


STREAMS = ("zone:1", "zone:2", "person:1", REHEARSED)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(STREAMS), st.integers(1, 300)),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 400),
)
def test_any_batches_give_the_tree_of_the_whole(
    database: Database, batches: list[tuple[str, int]], limit: int
) -> None:
    """Each example goes on with the tree of the one before."""
    for stream, count in batches:
        write(database, stream, count)
        grown(database, limit)
    while grown(database, limit):
        pass
    leaves = expected(database)
    with database.snapshot() as session:
        size = queries.tree_size(session)
        assert size == len(leaves)
        assert tree.root(size, queries.hash_at(session, size)) == tree.root_of(leaves)
        assert tree.root(size // 2, queries.hash_at(session, size)) == tree.root_of(
            leaves[: size // 2]
        )


def test_ten_thousand_entries_in_one_checkpoint(database: Database) -> None:
    write(database, "zone:1", 10_000)
    while grown(database):
        pass
    checkpoint = published(database)
    leaves = expected(database)
    with database.snapshot() as session:
        newest = queries.newest_checkpoint(session)
        assert newest is not None
        assert open_checkpoint(newest.note, SIGNER.key)[0] == checkpoint
        assert newest.size == 10_000
        tiles = all_tiles(session, newest.size)
        proof = queries.proof_of(9_000, newest, queries.hash_at(session, newest.size))
        data = queries.leaves_between(session, 9_000, 9_001)[0]
    assert checkpoint is not None
    assert checkpoint.root == tree.root_of(leaves)
    assert tiles["0/000"] == leaves[:256]
    assert tiles["0/039.p/16"] == leaves[-16:]
    assert tiles["1/000.p/39"][38] == tree.root_of(leaves[38 * 256 : 39 * 256])
    assert check_proof(proof, data, SIGNER.key) == checkpoint


def test_nothing_new_is_not_signed_again(database: Database) -> None:
    assert published(database) is None
    write(database, "zone:1")
    assert published(database) is not None
    assert published(database) is None


def test_a_growth_that_was_rolled_back_leaves_nothing(database: Database) -> None:
    def cut_off() -> None:
        with database.transaction(SYSTEM) as tx:
            grow(tx)
            publish(tx, signer=SIGNER)
            raise RuntimeError

    write(database, "zone:1", 300)
    with pytest.raises(RuntimeError):
        cut_off()
    with database.snapshot() as session:
        assert queries.tree_size(session) == 0
    checkpoint = published(database)
    assert checkpoint is not None
    assert checkpoint.root == tree.root_of(expected(database))


def test_a_checkpoint_is_due_at_an_end_and_after_a_minute(database: Database) -> None:
    looking = Lookout()

    def due(after: timedelta = timedelta(0)) -> bool:
        """What one says that has looked before, and one that has not."""
        with database.snapshot() as session:
            now = clock.now() + after
            is_due = looking.is_due(session, now=now)
            assert Lookout().is_due(session, now=now) == is_due
        return is_due

    assert not due()
    write(database, "zone:1")
    assert due()
    published(database)
    assert not due(EVERY)
    write(database, "zone:1")
    assert not due()
    assert due(EVERY)
    write(database, REHEARSED, event=SittingClosed(sitting_id=1))
    assert not due()
    write(database, "sitting:1", event=SittingClosed(sitting_id=1))
    assert due()
    assert due()
    published(database)
    write(database, REHEARSED)
    assert not due(EVERY)
    write(database, "zone:1")
    assert due(EVERY)


def test_an_entry_is_looked_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is rehearsed for hours is not read over and over again."""
    looking = Lookout()
    write(database, REHEARSED, 5)
    with database.snapshot() as session:
        assert not looking.is_due(session, now=clock.now())
        monkeypatch.setattr(lookout, "is_kept", true)
        assert Lookout().is_due(session, now=clock.now())
        assert not looking.is_due(session, now=clock.now())


def test_a_look_takes_some_entries_and_the_next_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much was written meanwhile, by an import for instance."""
    write(database, "zone:1")
    published(database)
    write(database, "zone:1", 3)
    write(database, "sitting:1", event=SittingClosed(sitting_id=1))
    monkeypatch.setattr(lookout, "AT_ONCE", 2)
    looking = Lookout()
    with database.snapshot() as session:
        found = [looking.is_due(session, now=clock.now()) for _ in range(3)]
    assert found == [False, True, True]


@pytest.fixture
def keys(tmp_path: Path) -> LogKeys:
    return LogKeys(tmp_path, SIGNER.name)


def test_the_loop_catches_up_and_then_signs(
    database: Database, keys: LogKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_log, "BATCH", 100)
    monkeypatch.setattr(public_log, "grow", lambda tx: grow(tx, limit=100))
    loop = PublicLog(database, keys)
    write(database, "zone:1", 250)
    turns = 1
    loop.turn()
    while loop.every() < public_log.EVERY:
        with database.snapshot() as session:
            assert queries.newest_checkpoint(session) is None
        loop.turn()
        turns += 1
    assert turns == 3
    with database.snapshot() as session:
        newest = queries.newest_checkpoint(session)
    assert newest is not None
    assert newest.size == 250
    loop.turn()
    with time_machine.travel(clock.now() + 2 * EVERY, tick=False):
        write(database, "zone:1")
        loop.turn()
    with database.snapshot() as session:
        newest = queries.newest_checkpoint(session)
    assert newest is not None
    assert newest.size == 251


def test_the_loop_signs_no_fork_of_what_it_has_kept(database: Database, keys: LogKeys) -> None:
    """As after an old copy of the database was put in its place."""
    write(database, "zone:1", 3)
    with database.snapshot() as session:
        signer = keys.signer(session)
        text = Checkpoint(SIGNER.name, 5, bytes(32)).text
        keys.keep(session, str(Note(text, [signer.sign(text)])))
    loop = PublicLog(database, keys)
    loop.turn()
    assert loop.every() == 60
    with database.snapshot() as session:
        assert queries.newest_checkpoint(session) is None
        assert queries.tree_size(session) == 0
    write(database, "zone:1", 5)
    loop.turn()
    with database.snapshot() as session:
        assert queries.newest_checkpoint(session) is None
        keys.keep(session, "damaged")
    loop.turn()
    with database.snapshot() as session:
        assert queries.newest_checkpoint(session) is None


def test_the_loop_keeps_what_it_has_signed(database: Database, keys: LogKeys) -> None:
    write(database, "zone:1", 3)
    PublicLog(database, keys).turn()
    with database.snapshot() as session:
        newest, kept = queries.newest_checkpoint(session), keys.last(session)
        assert newest is not None
        assert kept == newest.note
        assert open_checkpoint(kept, keys.signer(session).key)[0].size == 3
        assert keys.are_here(session)
        assert keys.known(session) == open_checkpoint(kept, keys.signer(session).key)[0]
        assert LogKeys(keys.directory, "new.example/log").known(session) == keys.known(session)


@pytest.fixture
def shared(engine: Engine) -> Iterator[Database]:
    with final_commits(engine) as database:
        yield database


def test_two_dispatchers_at_once_make_one_tree(shared: Database) -> None:
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(20):
                published(shared)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(30):
        write(shared, f"zone:{number % 3 + 1}", 11)
    for thread in threads:
        thread.join()
    published(shared)
    assert failures == []
    leaves = expected(shared)
    with shared.snapshot() as session:
        newest = queries.newest_checkpoint(session)
        positions = list(session.scalars(select(LeafRow.position).order_by(LeafRow.number)))
    assert newest is not None
    assert newest.size == len(leaves) == 330
    assert positions == sorted(positions)
    assert open_checkpoint(newest.note, SIGNER.key)[0].root == tree.root_of(leaves)
