"""The dispatcher asks witnesses, keeps what they sign, and does not wait for those away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from consultazione.config import BadSetting, read_settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.log_keys import read_witnesses
from consultazione.transparency.checkpoint import open_checkpoint
from consultazione.transparency.cosignatures import cosigned_at, witness_signer
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.notes import Signer
from consultazione.transparency.queries import newest_checkpoint
from consultazione.transparency.witness.asking import NotCosigned, Witness
from consultazione.transparency.witness.memory import Directory
from consultazione.transparency.witness.server import WitnessServer
from consultazione.zones.events import ZoneSetUp
from workers.loops import witnessing
from workers.loops.witnessing import Witnessing

LOG = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(b"l" * 32))
NAMES = ("a.example/1", "b.example/1")


@pytest.fixture
def witnesses(tmp_path: Path) -> Iterator[list[Witness]]:
    """Two that cosign, and one that is away."""
    servers, found = [], []
    for name in NAMES:
        signer = witness_signer(name, Ed25519PrivateKey.generate())
        memory = Directory(tmp_path / signer.key.id.hex())
        servers.append(WitnessServer(("127.0.0.1", 0), signer, {LOG.name: LOG.key}, memory))
        found.append(Witness(f"http://127.0.0.1:{servers[-1].server_port}", signer.key))
    threads = [threading.Thread(target=one.serve_forever, args=(0.01,)) for one in servers]
    for thread in threads:
        thread.start()
    away = witness_signer("away.example", Ed25519PrivateKey.generate())
    yield [Witness("http://127.0.0.1:1", away.key), *found]
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        server.server_close()
        thread.join()


def write(database: Database, count: int) -> None:
    with database.transaction(SYSTEM) as tx:
        for _ in range(count):
            tx.record("zone:1", ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020))
    with database.transaction(SYSTEM) as tx:
        grow(tx)
        publish(tx, signer=LOG)


def at_once(ask: Callable[[], None]) -> Future[None]:
    done: Future[None] = Future()
    ask()
    done.set_result(None)
    return done


def cosigners(database: Database, witnesses: list[Witness]) -> set[str]:
    """Who has cosigned the newest checkpoint, by what its note says."""
    with database.snapshot() as session:
        newest = newest_checkpoint(session)
    assert newest is not None
    _, note = open_checkpoint(newest.note, LOG.key)
    return {
        one.key.name
        for one in witnesses
        for signature in note.signatures
        if cosigned_at(signature, note.text, one.key)
    }


def test_checkpoints_are_cosigned_as_the_log_grows(
    database: Database, witnesses: list[Witness]
) -> None:
    loop = Witnessing(database, witnesses, at_once)
    loop.turn()
    for count in (3, 300, 1):
        write(database, count)
        assert cosigners(database, witnesses) == set()
        loop.turn()
        loop.turn()
        assert cosigners(database, witnesses) == set(NAMES)


def test_no_snapshot_is_open_while_witnesses_are_asked(
    database: Database, witnesses: list[Witness], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that takes seconds must not keep old rows from being cleared away."""
    opened: list[Session] = []
    asked: list[str] = []
    snapshot = database.snapshot

    @contextmanager
    def watched() -> Iterator[Session]:
        with snapshot() as session:
            opened.append(session)
            yield session
        opened.remove(session)

    def ask(witness: Witness, *_: object, **__: object) -> None:
        assert opened == []
        asked.append(witness.key.name)
        raise NotCosigned

    write(database, 3)
    monkeypatch.setattr(database, "snapshot", watched)
    monkeypatch.setattr(witnessing, "ask", ask)
    Witnessing(database, witnesses, at_once).turn()
    assert len(asked) == len(witnesses)


def test_a_dispatcher_that_has_forgotten_is_told_the_size(
    database: Database, witnesses: list[Witness]
) -> None:
    """What a witness cosigned before is known to it, also where our row of it is lost."""
    write(database, 5)
    Witnessing(database, [], at_once).turn()
    first = Witnessing(database, witnesses, at_once)
    first.turn()
    write(database, 5)
    again = Witnessing(database, witnesses[1:2], at_once)
    again.turn()
    assert cosigners(database, witnesses) == {NAMES[0]}


def test_keys_of_witnesses_in_the_settings(tmp_path: Path) -> None:
    good = witness_signer("w.example", Ed25519PrivateKey.generate()).key
    env = {"SECRETS_DIR": str(tmp_path), "LOG_ORIGIN": "example.org/log"}
    settings = read_settings({**env, "WITNESSES": f"http://w.example {good.text}"})
    assert read_witnesses(settings) == [Witness("http://w.example", good)]
    for wrong in (LOG.key.text, good.text.replace("w.ex", "v.ex")):
        with pytest.raises(BadSetting, match="WITNESSES"):
            read_witnesses(read_settings({**env, "WITNESSES": f"http://w.example {wrong}"}))
