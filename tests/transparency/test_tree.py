"""The tree: RFC 6962's vectors, and sigstore's implementation as an oracle."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore.errors import VerificationError

from consultazione.transparency import tree
from consultazione.transparency.tiles import WIDTH, Tile, hash_at_in, tiles_of, width_in
from consultazione.transparency.verifying import signed
from consultazione.transparency.verifying.signed import Leaves

# The leaves, roots and proofs of Certificate Transparency's reference tests of RFC 6962.
LEAVES = [bytes.fromhex(t) for t in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [tree.leaf_hash(leaf) for leaf in LEAVES]
AT = tree.hash_at_of(HASHES)
sizes = st.integers(1, 700)
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def some(count: int) -> list[bytes]:
    return [tree.leaf_hash(str(number).encode()) for number in range(count)]


ALL = some(700)
BY_LIST = tree.hash_at_of(ALL)


def test_the_root_of_no_leaf() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree.root(0, AT).hex() == tree.root_of([]).hex() == empty


@pytest.mark.parametrize("size", range(1, 9))
def test_roots(size: int) -> None:
    assert tree.root(size, AT).hex() == tree.root_of(HASHES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (0, 8, [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (1, 5, [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]),
    ],
)  # fmt: skip
def test_proofs_of_inclusion(index: int, size: int, proof: list[str]) -> None:
    found = tree.inclusion_proof(index, size, AT)
    assert [one.hex() for one in found] == proof
    root = tree.root_by_inclusion(HASHES[index], index, size, found)
    assert root.hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [
        (1, 1, []),
        (1, 8, [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]),
        (6, 8, [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]),
        (2, 5, [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]),
    ],
)  # fmt: skip
def test_proofs_of_consistency(old: int, new: int, proof: list[str]) -> None:
    found = tree.consistency_proof(old, new, AT)
    assert [one.hex() for one in found] == proof
    roots = (bytes.fromhex(ROOTS[old - 1]), bytes.fromhex(ROOTS[new - 1]))
    assert tree.is_consistent(old, new, *roots, found)


@unhurried
@given(sizes, st.data())
def test_sigstore_accepts_what_we_prove_and_nothing_else(size: int, data: Any) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index, size, BY_LIST)
    root = tree.root(size, BY_LIST)
    verify_merkle_inclusion(_entry(index, size, proof, root))
    assert tree.root_by_inclusion(ALL[index], index, size, proof) == root
    with pytest.raises(VerificationError):
        verify_merkle_inclusion(_entry((index + 1) % 700, size, proof, root))
    if proof:
        wrong = [*proof]
        wrong[data.draw(st.integers(0, len(proof) - 1))] = bytes(32)
        assert tree.root_by_inclusion(ALL[index], index, size, wrong) != root
        with pytest.raises(ValueError, match="hashes"):
            tree.root_by_inclusion(ALL[index], index, size, proof[1:])


@unhurried
@given(sizes, sizes, st.data())
def test_consistency_holds_for_the_true_roots_alone(one: int, other: int, data: Any) -> None:
    old, new = sorted((one, other))
    proof = tree.consistency_proof(old, new, BY_LIST)
    roots = tree.root(old, BY_LIST), tree.root(new, BY_LIST)
    assert tree.is_consistent(old, new, *roots, proof)
    assert not tree.is_consistent(old, new, bytes(32), roots[1], proof)
    assert not tree.is_consistent(old, new, roots[0], bytes(32), proof)
    assert not tree.is_consistent(new, old, *roots, proof) or old == new
    assert not tree.is_consistent(old, new, *roots, [*proof, bytes(32)])
    if proof:
        assert not tree.is_consistent(old, new, *roots, proof[:-1])
        wrong = [*proof]
        wrong[data.draw(st.integers(0, len(proof) - 1))] = bytes(32)
        assert not tree.is_consistent(old, new, *roots, wrong)


@pytest.mark.parametrize(("index", "size"), [(1, 1), (-1, 3), (0, 0)])
def test_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion_proof(index, size, AT)
    with pytest.raises(ValueError, match="no leaf"):
        tree.root_by_inclusion(bytes(32), index, size, [])
    with pytest.raises(ValueError, match="begin"):
        tree.consistency_proof(3, 2, AT)


@unhurried
@given(sizes)
def test_tiles_answer_as_the_list_does(size: int) -> None:
    def read(level: int, number: int) -> list[bytes]:
        width = width_in(level, number, size)
        first = number * WIDTH
        return [BY_LIST(8 * level, first + place) for place in range(width)]

    at = hash_at_in(read)
    assert tree.root(size, at) == tree.root_of(ALL[:size])
    half = size // 2
    assert tree.consistency_proof(half, size, at) == tree.consistency_proof(half, size, BY_LIST)


def test_the_tiles_of_the_specification() -> None:
    """C2SP tlog-tiles: a tree of 70,000 leaves, and one of 256."""
    tiles = list(tiles_of(70_000))
    assert sum(tile.is_full and tile.level == 0 for tile in tiles) == 273
    partial = {tile.level: tile.width for tile in tiles if not tile.is_full}
    assert partial == {0: 112, 1: 17, 2: 1}
    assert sum(tile.is_full and tile.level == 1 for tile in tiles) == 1
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]


def _entry(index: int, size: int, proof: list[bytes], root: bytes) -> Any:
    """What sigstore takes apart: an entry of its own log with the proof."""
    inclusion = SimpleNamespace(log_index=index, tree_size=size, hashes=proof, root_hash=root)
    body = str(index).encode()
    return SimpleNamespace(
        _inner=SimpleNamespace(inclusion_proof=inclusion, canonicalized_body=body)
    )


def test_a_tree_that_is_verified_is_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of its checkpoints: each asks for few nodes, of which none is made."""
    hashes = some(700)
    leaves = Leaves(b"".join(hashes))
    monkeypatch.setattr(signed, "sha256", None)
    for size in (0, 1, 2, 255, 256, 257, 511, 512, 699, 700):
        assert leaves.root(size) == (tree.root_of(hashes[:size]) if size else tree.EMPTY_ROOT)
    for tile in tiles_of(700):
        kept = b"".join(tree.root_of(part) for part in parts_of(hashes, WIDTH**tile.level))
        assert leaves.tile(tile.level, tile.number) == kept[tile.number * 8192 :][:8192]
    assert leaves.tile(2, 0) == b""


def parts_of(hashes: list[bytes], width: int) -> list[list[bytes]]:
    """The hashes below each complete subtree of so many leaves."""
    return [hashes[at : at + width] for at in range(0, len(hashes) - width + 1, width)]
