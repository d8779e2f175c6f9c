"""Notes, keys, checkpoints, cosignatures and proofs as text: C2SP's own examples first."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultazione.transparency import tree
from consultazione.transparency.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from consultazione.transparency.cosignatures import cosign, cosigned_at, witness_signer
from consultazione.transparency.notes import (
    BadNote,
    Note,
    Signer,
    parse_key,
    parse_note,
    parse_signature,
)
from consultazione.transparency.proofs import Proof, check_proof, parse_proof
from consultazione.transparency.tiles import Tile, bundle, parse_path, unbundle

# C2SP signed-note, "Example".
KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXm"
    "RKuwHjG1Yu72IneyaQM=\n"
)
SIGNER = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = witness_signer("example.org/witness", Ed25519PrivateKey.from_private_bytes(b"w" * 32))
LEAVES = [str(number).encode() for number in range(7)]
HASHES = tree.hash_at_of([tree.leaf_hash(leaf) for leaf in LEAVES])
CHECKPOINT = Checkpoint("example.org/log", 7, tree.root(7, HASHES))
SIGNED = str(Note(CHECKPOINT.text, [SIGNER.sign(CHECKPOINT.text)]))


def test_the_example_of_the_specification() -> None:
    key = parse_key(KEY)
    note = parse_note(NOTE)
    assert key.text == KEY
    assert str(note) == NOTE
    assert note.text == "This is an example message.\n"
    assert note.is_signed_by(key)
    assert not note.is_signed_by(SIGNER.key)


@pytest.mark.parametrize("at", range(len("This is an example message.")))
def test_a_changed_note_is_refused(at: int) -> None:
    with pytest.raises(BadNote, match="does not hold"):
        parse_note(NOTE[:at] + "#" + NOTE[at + 1 :]).is_signed_by(parse_key(KEY))


@pytest.mark.parametrize(
    "text",
    [
        "", "a\n", "a\n\n", "a\n\nb\n", "a\n\n— x\n", "a\n\n— x y z\n", "a\n\n— x %%%%\n",
        "a\n\n— x AAAA\n", "a\tb\n\n— x AAAAAAA=\n", "a\n\n— x AAAAAAA=", "a\n\n— x AAAAAAB=\n",
        "a\n\n— x+y AAAAAAA=\n", "a\n\n" + "— x AAAAAAA=\n" * 65,
        "a" * 70_000 + "\n\n— x AAAAAAA=\n",
    ],
)  # fmt: skip
def test_what_is_no_note(text: str) -> None:
    with pytest.raises(BadNote):
        parse_note(text)


@pytest.mark.parametrize(
    "text",
    ["", "a+b", KEY[:-1], KEY.replace("530d", "530e"), KEY.replace("foo", "fo"), "a+00000000+AQ=="],
)
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(BadNote):
        parse_key(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\n"])
def test_what_is_no_name_of_a_key(name: str) -> None:
    with pytest.raises(BadNote):
        Signer(name, SIGNER.private)


def test_a_checkpoint_there_and_back() -> None:
    checkpoint, note = open_checkpoint(SIGNED, SIGNER.key)
    assert checkpoint == CHECKPOINT
    assert note.text.split("\n")[:2] == ["example.org/log", "7"]


@pytest.mark.parametrize(
    "text",
    ["a\n1\n", "a\n01\nAA==\n", "a\n-1\nAA==\n", "a\n1\nAA==\n", "\n1\nAA==\n", "a\n1\n\n"],
)
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(BadNote):
        parse_checkpoint(text)


def test_a_checkpoint_of_another_log_or_without_its_signature() -> None:
    other = Signer("example.org/other", SIGNER.private)
    with pytest.raises(BadNote, match="not signed"):
        open_checkpoint(SIGNED, other.key)
    with pytest.raises(BadNote, match="is of example"):
        open_checkpoint(str(Note(CHECKPOINT.text, [other.sign(CHECKPOINT.text)])), other.key)


def test_a_cosignature_holds_for_its_text_its_moment_and_its_key() -> None:
    signature = cosign(WITNESS, CHECKPOINT.text, at=1_679_315_147)
    again = parse_signature(signature.line.removesuffix("\n"))
    assert cosigned_at(again, CHECKPOINT.text, WITNESS.key) == 1_679_315_147
    assert cosigned_at(again, CHECKPOINT.text + "x\n", WITNESS.key) is None
    assert cosigned_at(again, CHECKPOINT.text, SIGNER.key) is None
    later = parse_signature(signature.line.removesuffix("\n"))
    moved = type(later)(later.name, later.key_id, bytes(8) + later.content[8:])
    assert cosigned_at(moved, CHECKPOINT.text, WITNESS.key) is None


def test_the_cosignature_of_the_specification_is_read() -> None:
    """tlog-cosignature's example names its moment; its public key is not given there."""
    line = (
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJs"
        "X3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    )
    signature = parse_signature(line)
    assert int.from_bytes(signature.content[:8], "big") == 1_679_315_147
    assert len(signature.content) == 72


@pytest.mark.parametrize("index", range(7))
def test_a_proof_there_and_back(index: int) -> None:
    proof = Proof(index, tree.inclusion_proof(index, 7, HASHES), SIGNED)
    read = parse_proof(str(proof))
    assert read == proof
    assert check_proof(read, LEAVES[index], SIGNER.key) == CHECKPOINT
    with pytest.raises(BadNote, match="does not stand"):
        check_proof(read, b"another", SIGNER.key)


def test_a_proof_with_extra_data_is_read() -> None:
    text = str(Proof(6, tree.inclusion_proof(6, 7, HASHES), SIGNED))
    assert parse_proof(text.replace("\nindex", "\nextra AAAA\nindex")) == parse_proof(text)


@pytest.mark.parametrize(
    "change",
    [
        ("@v1", "@v2"),
        ("index 6", "index 06"),
        ("index 6", "index 7"),
        ("index 6", "index 5"),
        ("\nindex", "\nxedni"),
    ],
)
def test_what_is_no_proof(change: tuple[str, str]) -> None:
    text = str(Proof(6, tree.inclusion_proof(6, 7, HASHES), SIGNED))
    with pytest.raises(BadNote):
        check_proof(parse_proof(text.replace(*change)), LEAVES[6], SIGNER.key)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(0, 1_234_067), "0/x001/x234/067"),
        (Tile(63, 999, 8), "63/999.p/8"),
        (Tile(1, 1000, 255), "1/x001/000.p/255"),
    ],
)
def test_paths_of_tiles(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == (tile, False)
    if tile.level == 0:
        assert parse_path(tile.bundle_path) == (tile, True)


@pytest.mark.parametrize(
    "path",
    [
        "", "0", "0/0", "0/00", "00/000", "64/000", "0/x000/000", "0/000.p/0", "0/000.p/256",
        "0/000.p/01", "0/001/000", "-1/000", "entries/x000/001", "0/000/", "entry/000", "0/٠٠٠",
    ],
)  # fmt: skip
def test_what_is_no_path(path: str) -> None:
    with pytest.raises(ValueError, match="names no tile"):
        parse_path(path)


@pytest.mark.parametrize("entries", [[], [b""], [b"a" * 300, b"", b"b", b"c" * 65_535]])
def test_bundles_there_and_back(entries: list[bytes]) -> None:
    assert unbundle(bundle(entries)) == entries


def test_a_bundle_cut_off() -> None:
    with pytest.raises(ValueError, match="ends within"):
        unbundle(bundle([b"abc"])[:-1])
