"""A tree of keys in which single leaves can be destroyed: a puncturable random function.

The construction is that of Goldreich, Goldwasser and Micali ("How to construct random
functions", 1986): the key of a child is a one-way function of the key of its parent, so that
the root gives every leaf, and a node all leaves below it and no other. A leaf is punctured
(Boneh and Waters, Boyle, Goldwasser and Ivan, Kiayias et al., all 2013) by forgetting every
node on its path and keeping the nodes beside that path in their stead: every other leaf still
follows from them, and this one from nothing.

A node has sixteen children, and a leaf lies ten levels down, so that there are 2^40 leaves.
The function is keyed BLAKE2b (RFC 7693). An inner node that was computed is kept in memory:
leaves are drawn one after the other, so the next one costs a single step. A node is named by
a number: a one, followed by the four bits of each step from the root.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping

LEAVES = 2**40
_FANOUT = 16
_BITS = 4
_ROOT = 1
_KEY_BYTES = 32
_NAME_BYTES = 6
_CHECK_BYTES = 32
_HEADING = b"consultazione text keys 1\n"
_PERSON = b"text keys"
_STEPS = tuple(bytes([step]) for step in range(_FANOUT))
# Inner nodes kept in memory: some three megabytes.
_MOST_KEPT = 16_384


class KeyDestroyed(LookupError):
    """The key of a leaf was destroyed: it follows from nothing any more."""


class Tree:
    """The keys of all leaves but the punctured ones; immutable but for what it remembers."""

    def __init__(self, nodes: Mapping[int, bytes]) -> None:
        """nodes: the keys that everything else follows from, by the names of their nodes."""
        self._nodes = dict(nodes)
        self._inner: dict[int, bytes] = {}

    @classmethod
    def new(cls) -> Tree:
        """A tree with a random root, of which nothing is punctured."""
        return cls({_ROOT: secrets.token_bytes(_KEY_BYTES)})

    @classmethod
    def from_bytes(cls, stored: bytes) -> Tree:
        """The tree that `to_bytes` wrote; ValueError if the bytes are not whole."""
        content, check = stored[:-_CHECK_BYTES], stored[-_CHECK_BYTES:]
        if not content.startswith(_HEADING) or hashlib.sha256(content).digest() != check:
            raise ValueError("not a whole tree of keys")
        size = _NAME_BYTES + _KEY_BYTES
        rows = (content[at : at + size] for at in range(len(_HEADING), len(content), size))
        return cls({int.from_bytes(row[:_NAME_BYTES]): row[_NAME_BYTES:] for row in rows})

    def to_bytes(self) -> bytes:
        """A heading, the nodes by their names, and the SHA-256 digest of both."""
        rows = (name.to_bytes(_NAME_BYTES) + key for name, key in sorted(self._nodes.items()))
        content = b"".join([_HEADING, *rows])
        return content + hashlib.sha256(content).digest()

    def key(self, leaf: int) -> bytes:
        """The key of a leaf, 32 bytes; KeyDestroyed if the leaf was punctured."""
        name, steps = _name(leaf), list[int]()
        while (key := self._nodes.get(name) or self._inner.get(name)) is None:
            steps.append(name % _FANOUT)
            name >>= _BITS
            if not name:
                raise KeyDestroyed(leaf)
        while steps:
            key = _child(key, steps[-1])
            name = name << _BITS | steps.pop()
            if steps:
                self._keep(name, key)
        return key

    def holds(self, leaf: int) -> bool:
        """False if the leaf was punctured."""
        name = _name(leaf)
        while name and name not in self._nodes:
            name >>= _BITS
        return name > 0

    def without(self, leaves: Iterable[int]) -> Tree:
        """The tree with some leaves punctured; the same leaf may be punctured again."""
        nodes = dict(self._nodes)
        for leaf in leaves:
            _puncture(nodes, _name(leaf))
        return Tree(nodes)

    def _keep(self, name: int, key: bytes) -> None:
        if len(self._inner) >= _MOST_KEPT:
            self._inner.clear()
        self._inner[name] = key


def _name(leaf: int) -> int:
    if not 0 <= leaf < LEAVES:
        raise ValueError(f"there is no leaf {leaf}")
    return LEAVES | leaf


def _child(key: bytes, step: int) -> bytes:
    return hashlib.blake2b(_STEPS[step], key=key, digest_size=_KEY_BYTES, person=_PERSON).digest()


def _puncture(nodes: dict[int, bytes], leaf: int) -> None:
    """Replace the node above a leaf by all that lies beside the leaf's path."""
    name, steps = leaf, list[int]()
    while name and name not in nodes:
        steps.append(name % _FANOUT)
        name >>= _BITS
    if not name:
        return
    key = nodes.pop(name)
    while steps:
        own = steps.pop()
        beside = (step for step in range(_FANOUT) if step != own)
        nodes.update({name << _BITS | step: _child(key, step) for step in beside})
        name, key = name << _BITS | own, _child(key, own)
