"""Keys of texts: every leaf has one, and a punctured leaf has none, for ever."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.events import FreeText
from consultazione.core.log.verify import verify_stream
from consultazione.core.text_keys import (
    Damaged,
    KeyDestroyed,
    StateFile,
    TextKeys,
    TextKeysUnavailable,
    Tree,
    keys_of,
    open_sealed,
    seal,
)
from consultazione.core.text_keys import state_file as state_module
from consultazione.core.text_keys import tree as tree_module
from consultazione.proposals.events import ProposalNotAdmitted
from tests.support.keys import text_keys
from tests.support.superuser import as_superuser

LEAVES = [0, 1, 2, 15, 16, 17, 255, 256, 4096, 70_000, tree_module.LEAVES - 1]


def keys_at(tree: Tree, leaves: list[int]) -> list[bytes]:
    return [tree.key(leaf) for leaf in leaves]


def test_every_leaf_has_a_key_of_its_own_that_does_not_change() -> None:
    tree = Tree.new()
    keys = keys_at(tree, LEAVES)
    assert len(set(keys)) == len(LEAVES)
    assert {len(key) for key in keys} == {32}
    assert keys_at(Tree.from_bytes(tree.to_bytes()), LEAVES[::-1]) == keys[::-1]
    assert keys_at(Tree.new(), LEAVES) != keys


@pytest.mark.parametrize("leaf", [-1, tree_module.LEAVES])
def test_there_is_no_other_leaf(leaf: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        Tree.new().key(leaf)


@pytest.mark.parametrize("punctured", LEAVES)
def test_a_punctured_leaf_has_no_key_and_all_others_keep_theirs(punctured: int) -> None:
    tree = Tree.new()
    others = [leaf for leaf in LEAVES if leaf != punctured]
    lost, kept = tree.key(punctured), keys_at(tree, others)
    after = tree.without([punctured])
    for left in (after, Tree.from_bytes(after.to_bytes()), after.without([punctured])):
        assert not left.holds(punctured)
        with pytest.raises(KeyDestroyed):
            left.key(punctured)
        assert keys_at(left, others) == kept
    assert lost not in after.to_bytes()
    assert tree.key(punctured) == lost


def test_punctures_add_up_whatever_their_order() -> None:
    chance = random.Random(8)
    leaves = list(range(300))
    tree = Tree.new()
    keys = dict(zip(leaves, keys_at(tree, leaves), strict=True))
    doomed = chance.sample(leaves, 150)
    for leaf in doomed:
        tree = tree.without([leaf])
    assert {leaf for leaf in leaves if not tree.holds(leaf)} == set(doomed)
    assert {leaf: tree.key(leaf) for leaf in leaves if tree.holds(leaf)} == {
        leaf: key for leaf, key in keys.items() if leaf not in doomed
    }
    stored = tree.to_bytes()
    assert stored == Tree.from_bytes(stored).without(doomed[::-1]).to_bytes()
    assert not any(keys[leaf] in stored for leaf in doomed)


def test_no_key_above_a_punctured_leaf_is_kept() -> None:
    """Whoever has a node has all leaves below it: none on the path may be left in the state."""
    tree, leaf = Tree.new(), 70_000
    tree.key(leaf)
    above = {*tree._inner.values(), *tree._nodes.values(), tree.key(leaf)}
    assert len(above) == 11
    after = tree.without([leaf])
    assert above.isdisjoint(after._nodes.values())
    assert not any(key in after.to_bytes() for key in above)


def test_what_is_kept_in_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_module, "_MOST_KEPT", 20)
    tree = Tree.new()
    first = tree.key(0)
    for leaf in range(0, 10**6, 997):
        tree.key(leaf)
        assert len(tree._inner) <= 20
    assert tree.key(0) == first


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b"x" + b, lambda b: b""])
def test_a_damaged_tree_is_refused(spoil: object) -> None:
    with pytest.raises(ValueError, match="whole"):
        Tree.from_bytes(spoil(Tree.new().to_bytes()))  # type: ignore[operator]


def test_what_is_sealed_opens_with_its_key_and_at_its_place_alone() -> None:
    key, place = Tree.new().key(7), b"12/body"
    sealed = seal(key, place, b"parole")
    assert open_sealed(key, place, sealed) == b"parole"
    assert b"parole" not in sealed
    assert sealed != seal(key, place, b"parole")
    changed = sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:]
    for wrong in ((Tree.new().key(7), place, sealed), (key, b"13/body", sealed)):
        with pytest.raises(Damaged):
            open_sealed(*wrong)
    for damaged in (changed, sealed[:30], b""):
        with pytest.raises(Damaged):
            open_sealed(key, place, damaged)


@pytest.fixture
def state(tmp_path: Path) -> StateFile:
    made = StateFile(tmp_path / "secrets" / "keys")
    made.create()
    return made


def files(state: StateFile) -> set[str]:
    return {path.name for path in state.path.parent.iterdir()}


def test_the_state_is_its_users_alone_and_made_once(state: StateFile) -> None:
    before = state.path.read_bytes()
    state.create()
    assert state.path.read_bytes() == before
    assert state.path.stat().st_mode & 0o777 == 0o600
    assert state.path.parent.stat().st_mode & 0o777 == 0o700
    assert files(state) == {"keys", "keys.lock"}


def test_other_processes_see_what_was_destroyed(state: StateFile) -> None:
    other = StateFile(state.path)
    kept = other.tree().key(2)
    state.destroy([1, 3])
    assert [other.tree().holds(leaf) for leaf in (1, 2, 3)] == [False, True, False]
    assert other.tree().key(2) == kept
    before = state.path.stat()
    state.destroy([3, 1])
    assert state.path.stat() == before
    assert files(state) == {"keys", "keys.lock"}


def test_the_former_state_is_overwritten_where_it_stood(state: StateFile) -> None:
    """A second name for the same bytes shows what became of them."""
    kept = state.path.with_name("kept")
    os.link(state.path, kept)
    before = kept.read_bytes()
    state.destroy([1])
    assert len(kept.read_bytes()) == len(before)
    assert before[30:62] not in kept.read_bytes()


@pytest.mark.parametrize("name", ["_write", "synchronise", "_wipe"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_crash_while_destroying_leaves_nothing_behind_for_long(
    state: StateFile, monkeypatch: pytest.MonkeyPatch, name: str, times: int
) -> None:
    """Whenever it stops: the state can be read, and the next turn ends what was begun."""
    kept, lost, done = state.tree().key(2), state.tree().key(1), getattr(state_module, name)
    calls = 0

    def stopping(*given: object) -> None:
        nonlocal calls
        calls += 1
        if name == "_write":
            done(*given)
        if calls == times:
            raise OSError("the machine stops")
        if name != "_write":
            done(*given)

    with monkeypatch.context() as patch:
        patch.setattr(state_module, name, stopping)
        try:
            state.destroy([1])
        except OSError:
            assert StateFile(state.path).tree().key(2) == kept
    again = StateFile(state.path)
    again.destroy([1])
    assert files(state) == {"keys", "keys.lock"}
    assert again.tree().key(2) == kept
    assert not again.tree().holds(1)
    assert lost not in state.path.read_bytes()


def test_a_former_state_that_is_still_the_present_one_is_not_overwritten(state: StateFile) -> None:
    """A crash between the second name and the exchange leaves two names of one file."""
    os.link(state.path, state.path.with_name("keys.old"))
    kept = state.tree().key(2)
    state.destroy([1])
    assert StateFile(state.path).tree().key(2) == kept
    assert files(state) == {"keys", "keys.lock"}


def test_many_destroy_and_read_at_once(state: StateFile) -> None:
    keys = keys_at(state.tree(), list(range(40)))

    def destroy(first: int) -> None:
        for leaf in range(first, 40, 8):
            StateFile(state.path).destroy([leaf])

    threads = [Thread(target=destroy, args=[first]) for first in (0, 1, 2, 3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert StateFile(state.path).tree().key(7) == keys[7]
    kept = [leaf for leaf in range(40) if state.tree().holds(leaf)]
    assert kept == [leaf for leaf in range(40) if leaf % 8 >= 4]


@pytest.mark.parametrize("damage", [lambda p: p.unlink(), lambda p: p.write_bytes(b"x")])
def test_a_state_that_cannot_be_read_says_what_to_do(state: StateFile, damage: object) -> None:
    damage(state.path)  # type: ignore[operator]
    with pytest.raises(TextKeysUnavailable, match=r"keys .*SECRETS_DIR") as refusal:
        StateFile(state.path).tree()
    assert "\n" not in str(refusal.value)


STREAM = "test:1"


def write(database: Database, words: str) -> log.Entry:
    with database.transaction(SYSTEM) as tx:
        tx.record(STREAM, ProposalNotAdmitted(proposal_id=1, table_id=1, reason=FreeText(words)))
    return tx.entries[0]


def read(database: Database) -> list[str]:
    with database.snapshot() as session:
        assert verify_stream(session, STREAM) == []
        return [entry.event.reason for entry in log.read_stream(session, STREAM)]  # type: ignore[attr-defined]


def row(database: Database, entry: log.Entry) -> log.TextRow:
    with database.snapshot() as session:
        return session.get_one(log.TextRow, (entry.position, "reason"))


def holds(database: Database, leaf: int) -> bool:
    with database.snapshot() as session:
        return keys_of(session).tree(session).holds(leaf)


def test_a_key_is_destroyed_after_the_erasure_is_committed(database: Database) -> None:
    erased, kept = write(database, "da togliere"), write(database, "che resta")
    leaf = row(database, erased).leaf
    with database.transaction(SYSTEM) as tx:
        log.erase_texts(tx.session, erased.position)
    assert holds(database, leaf)  # the machine may stop here, and the next turn goes on
    for _turn in range(2):
        with database.snapshot() as session:
            log.destroy_erased(session)
        assert not holds(database, leaf)
        assert holds(database, row(database, kept).leaf)
    assert read(database) == ["", "che resta"]


def test_an_erasure_that_is_rolled_back_destroys_nothing(database: Database) -> None:
    entry = write(database, "che resta")

    def erase_and_fail() -> None:
        with database.transaction(SYSTEM) as tx:
            log.erase_texts(tx.session, entry.position)
            raise RuntimeError("a refusal, later in the same transaction")

    with pytest.raises(RuntimeError):
        erase_and_fail()
    with database.snapshot() as session:
        log.destroy_erased(session)
    assert read(database) == ["che resta"]


@pytest.fixture
def owners(engine: Engine) -> Iterator[Database]:
    """A database in which everything may be changed, and which is as before afterwards."""
    with as_superuser(engine).connect() as connection:
        outer = connection.begin()

        def session() -> Session:
            return Session(connection, join_transaction_mode="create_savepoint")

        yield Database(write=session, read=session, text_keys=text_keys())
        outer.rollback()


def test_a_copy_of_the_database_brings_no_erased_text_back(owners: Database) -> None:
    """Restored from before the erasure: the row is there, and its key is not."""
    kept, erased = write(owners, "che resta"), write(owners, "da togliere")
    before = row(owners, erased)
    with owners.transaction(SYSTEM) as tx:
        tx.session.get_one(log.TextRow, (erased.position, "reason")).sealed = None
    with owners.snapshot() as session:
        log.destroy_erased(session)
    with owners.transaction(SYSTEM) as tx:
        tx.session.get_one(log.TextRow, (erased.position, "reason")).sealed = before.sealed
    assert read(owners) == ["che resta", ""]
    assert holds(owners, row(owners, kept).leaf)


def test_a_leaf_without_a_key_is_not_drawn_again(database: Database) -> None:
    """In a database restored from a copy the sequence counts from an earlier number."""
    leaf = row(database, write(database, "prima")).leaf
    with database.snapshot() as session:
        keys_of(session).destroy(session, [leaf + 1, leaf + 2])
    assert row(database, write(database, "dopo")).leaf == leaf + 3
    assert read(database) == ["prima", "dopo"]


def test_a_database_that_has_texts_gets_no_other_keys(owners: Database, tmp_path: Path) -> None:
    write(owners, "che resta")
    with owners.snapshot() as session:
        with pytest.raises(TextKeysUnavailable, match="SECRETS_DIR"):
            TextKeys(tmp_path).prepare(session, has_texts=True)
        assert list(tmp_path.iterdir()) == []
        fresh = TextKeys(tmp_path)
        fresh.prepare(session, has_texts=False)
        assert fresh.tree(session).holds(0)
    assert len(list(tmp_path.glob("text-keys-*"))) == 2


def test_texts_without_keys_are_refused(database: Database) -> None:
    bare = Database(database._write, database._read)
    with pytest.raises(TextKeysUnavailable):
        write(bare, "senza chiavi")
