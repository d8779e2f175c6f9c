"""The public log over HTTP, read and verified as a stranger would."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.people.events import PersonRegistered
from consultazione.transparency import tree
from consultazione.transparency.checkpoint import open_checkpoint
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.leaves import leaf
from consultazione.transparency.notes import Signer, parse_key
from consultazione.transparency.proofs import check_proof, parse_proof
from consultazione.transparency.tiles import (
    Tile,
    hash_at_in,
    split_hashes,
    tiles_of,
    unbundle,
    width_in,
)
from consultazione.zones.events import ZoneSetUp
from tests.support.factories import Factory

SIGNER = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(b"k" * 32))


@pytest.fixture
def stranger(client: FlaskClient, database: Database, make: Factory) -> FlaskClient:
    """Somebody without an account, before a log of some hundred entries and a checkpoint."""
    assert make.zone
    with database.transaction(SYSTEM) as tx:
        for number in range(300):
            set_up = ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020)
            tx.record(f"zone:{1_000 + number % 2}", set_up)
        tx.record("person:1", PersonRegistered(person_id=1))
    with database.transaction(SYSTEM) as tx:
        grow(tx)
        publish(tx, signer=SIGNER)
    return client


def test_a_stranger_computes_the_root_from_the_tiles(stranger: FlaskClient) -> None:
    signed = stranger.get("/log/checkpoint")
    assert signed.content_type == "text/plain; charset=utf-8"
    assert signed.headers["Cache-Control"] == "public, max-age=5"
    key = parse_key(stranger.get("/log/key").text)
    checkpoint, _ = open_checkpoint(signed.text, key)
    assert key == SIGNER.key

    def read(level: int, number: int) -> list[bytes]:
        tile = Tile(level, number, width_in(level, number, checkpoint.size))
        answer = stranger.get(f"/log/tile/{tile.path}")
        assert answer.content_type == "application/octet-stream"
        assert "immutable" in answer.headers["Cache-Control"]
        hashes = split_hashes(answer.data)
        assert len(hashes) == tile.width
        return hashes

    assert tree.root(checkpoint.size, hash_at_in(read)) == checkpoint.root
    bundles = [tile for tile in tiles_of(checkpoint.size) if tile.level == 0]
    entries = [
        e for t in bundles for e in unbundle(stranger.get(f"/log/tile/{t.bundle_path}").data)
    ]
    assert tree.root_of([tree.leaf_hash(entry) for entry in entries]) == checkpoint.root


def test_a_proof_is_checked_with_nothing_but_the_published_entry(stranger: FlaskClient) -> None:
    said = json.loads(stranger.get("/log/entry/zone:1001/7").text)
    answer = stranger.get("/log/proof/zone:1001/7.tlog-proof")
    data = leaf("zone:1001", 7, bytes.fromhex(said["digest"]))
    checkpoint = check_proof(parse_proof(answer.text), data, SIGNER.key)
    assert checkpoint.size > 300
    assert parse_proof(answer.text).index == said["index"]


def test_published_entries_come_bundle_by_bundle(stranger: FlaskClient) -> None:
    lines = stranger.get("/log/entries/1.jsonl").text.splitlines()
    found = [json.loads(line) for line in lines]
    assert found[0]["index"] == 256
    assert [entry.get("withheld") for entry in found][-1] == "account"
    assert found[0]["data"]["cycle_start"] == 2018


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/002", "tile/0/001.p/255", "tile/2/000.p/1", "tile/0/0", "tile/entries/009",
        "tile/x", "proof/zone:1001/999.tlog-proof", "proof/person:1/1.tlog-proof",
        "proof/sitting/1.tlog-proof", "proof/zone:x/1.tlog-proof", "entry/person:1/1",
        "entry/zone:1001/999", "entry/nothing/1", "entries/9.jsonl",
        "entries/9223372036854775807.jsonl", "entries/99999999999999999999999.jsonl",
        "entry/zone:1001/99999999999999999999999",
        "proof/zone:1001/99999999999999999999.tlog-proof",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
    ],
)  # fmt: skip
def test_what_is_not_there(stranger: FlaskClient, path: str) -> None:
    assert stranger.get(f"/log/{path}").status_code == 404


@pytest.mark.parametrize("path", ["checkpoint", "key", "tile/0/000.p/1", "entries/0.jsonl"])
def test_before_the_first_checkpoint_nothing_is_there(client: FlaskClient, path: str) -> None:
    assert client.get(f"/log/{path}").status_code == 404


def test_the_page_of_the_log_shows_key_and_proofs(stranger: FlaskClient, make: Factory) -> None:
    page = stranger.get(f"/zone/{make.zone.slug}/2018-2020/registro", follow_redirects=True).text
    assert SIGNER.key.text in page
    assert ".tlog-proof" in page
    with make.database.transaction(SYSTEM) as tx:
        tx.record(f"zone:{make.zone.id}", ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020))
    again = stranger.get(f"/zone/{make.zone.slug}/2018-2020/registro", follow_redirects=True).text
    assert again.count(".tlog-proof") == page.count(".tlog-proof")
