"""The Merkle tree of RFC 6962, section 2.1: roots, proofs of inclusion and of consistency.

All hashes are SHA-256, 32 bytes. What computes a root or a proof is given `HashAt`, which
answers for complete subtrees alone; so it works on tiles, on rows or on a list alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

# The hash of the complete subtree of 2**level leaves that is the `index`-th of that level.
HashAt = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over a list of hashes of leaves, or of equally high complete subtrees."""
    frontier = Frontier()
    for one in hashes:
        frontier.add(one)
    return frontier.root()


def hash_at_of(hashes: Sequence[bytes]) -> HashAt:
    """`HashAt` over a list of hashes of leaves, for small trees."""
    return lambda level, index: root_of(hashes[index << level : (index + 1) << level])


def root(size: int, hash_at: HashAt) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _root_between(0, size, hash_at) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves (2.1.1), lowest hash first.

    ValueError if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    return _path(index, 0, size, hash_at)


def consistency_proof(old: int, new: int, hash_at: HashAt) -> list[bytes]:
    """That the tree of `new` leaves begins with the tree of `old` leaves (2.1.2).

    Empty for equal sizes and for an empty old tree. ValueError if the old one is larger.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves does not begin with {old}")
    return _subproof(old, 0, new, True, hash_at) if 0 < old < new else []


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that a proof of inclusion leads to, from the hash of a leaf.

    ValueError if the proof has not the length that index and size ask for.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    inner = (index ^ (size - 1)).bit_length()
    if len(proof) != inner + (index >> inner).bit_count():
        raise ValueError(f"the proof of leaf {index} of {size} has {len(proof)} hashes")
    found = leaf
    for level, other in enumerate(proof):
        is_right = level >= inner or index >> level & 1
        found = node_hash(other, found) if is_right else node_hash(found, other)
    return found


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """True if the proof shows that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old == 0 or old >= new:
        start = EMPTY_ROOT if old == 0 else new_root
        return not proof and old <= new and old_root == start
    hashes = list(proof) if old & (old - 1) else [old_root, *proof]
    if not hashes:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    by_old = by_new = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            by_old, by_new = node_hash(other, by_old), node_hash(other, by_new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            by_new = node_hash(by_new, other)
        node, last = node >> 1, last >> 1
    return last == 0 and by_old == old_root and by_new == new_root


class Frontier:
    """A tree that grows leaf by leaf and keeps one hash a level: its complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append the hash of a leaf."""
        rest = self.size
        while rest & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            rest >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found


def _split(count: int) -> int:
    """The largest power of two below a count of at least two leaves."""
    return 1 << (count - 1).bit_length() - 1


def _root_between(start: int, end: int, hash_at: HashAt) -> bytes:
    count = end - start
    if count & (count - 1) == 0:  # `start` is a multiple of it, since the tree is split so
        level = count.bit_length() - 1
        return hash_at(level, start >> level)
    middle = start + _split(count)
    return node_hash(_root_between(start, middle, hash_at), _root_between(middle, end, hash_at))


def _path(index: int, start: int, end: int, hash_at: HashAt) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, hash_at), _root_between(middle, end, hash_at)]
    return [*_path(index, middle, end, hash_at), _root_between(start, middle, hash_at)]


def _subproof(old: int, start: int, end: int, is_known: bool, hash_at: HashAt) -> list[bytes]:
    """RFC 6962's SUBPROOF(old - start, D[start:end], is_known)."""
    if old == end:
        return [] if is_known else [_root_between(start, end, hash_at)]
    middle = start + _split(end - start)
    if old <= middle:
        rest = _root_between(middle, end, hash_at)
        return [*_subproof(old, start, middle, is_known, hash_at), rest]
    rest = _root_between(start, middle, hash_at)
    return [*_subproof(old, middle, end, False, hash_at), rest]
