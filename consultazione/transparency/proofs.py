"""Proofs that an entry stands in the tree of a signed checkpoint, as files (tlog-proof)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consultazione.transparency.checkpoint import Checkpoint, open_checkpoint
from consultazione.transparency.notes import BadNote, Key, hash_lines, parse_hashes
from consultazione.transparency.tree import leaf_hash, root_by_inclusion

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True)
class Proof:
    """A proof: the leaf's number, the hashes up to the root, the note of the checkpoint."""

    index: int
    hashes: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        return f"{_FIRST}\nindex {self.index}\n{hash_lines(self.hashes)}\n{self.note}"


def parse_proof(text: str) -> Proof:
    """A proof from its file; BadNote if it is none."""
    head, _blank, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    if lines and lines[0].startswith("extra "):
        del lines[0]
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if first != _FIRST or index is None:
        raise BadNote(f"this is no proof: it does not begin with {_FIRST} and an index")
    return Proof(int(index[1]), parse_hashes(lines[1:]), note)


def check_proof(proof: Proof, leaf: bytes, key: Key) -> Checkpoint:
    """The checkpoint in whose tree a leaf stands.

    leaf: its data, not its hash. BadNote if the proof does not lead from it to a checkpoint
    that the key signed.
    """
    checkpoint, _note = open_checkpoint(proof.note, key)
    try:
        root = root_by_inclusion(leaf_hash(leaf), proof.index, checkpoint.size, proof.hashes)
    except ValueError as error:
        raise BadNote(str(error)) from None
    if root != checkpoint.root:
        raise BadNote("the entry does not stand at that place of the tree")
    return checkpoint
