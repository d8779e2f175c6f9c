"""The tree of the log in an archive: tiles, bundles of leaves, checkpoint, and proofs.

They are the files of C2SP, as `transparency` publishes them below /log/: the tree is that of the
whole installation, since a tree has no parts that are signed by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consultazione.archive.bag import Bag
from consultazione.transparency.queries import (
    Published,
    hash_at,
    index_of,
    leaves_between,
    newest_checkpoint,
    proof_of,
    read_hashes,
)
from consultazione.transparency.tiles import WIDTH, bundle, tiles_of
from consultazione.transparency.tree import HashAt, leaf_hash

FOLDER = "data/registro"


@dataclass(frozen=True)
class Tree:
    """The newest checkpoint of a session's moment. hash_at: what it has read, it keeps."""

    session: Session
    checkpoint: Published
    hash_at: HashAt

    @property
    def last(self) -> int:
        """The position of its last entry."""
        return self.checkpoint.covers


def newest_tree(session: Session) -> Tree | None:
    """The tree of the newest checkpoint; None before the first."""
    found = newest_checkpoint(session)
    return None if found is None else Tree(session, found, hash_at(session, found.size))


def write_tree(bag: Bag, tree: Tree) -> None:
    """Write the checkpoint, the log's key, all tiles, and the leaves below those of level 0."""
    bag.write(f"{FOLDER}/checkpoint", tree.checkpoint.note.encode())
    bag.write(f"{FOLDER}/chiave.txt", f"{tree.checkpoint.key}\n".encode())
    for tile in tiles_of(tree.checkpoint.size):
        if tile.level:
            hashes = read_hashes(tree.session, tile)
        else:
            start = tile.number * WIDTH
            leaves = leaves_between(tree.session, start, start + tile.width)
            hashes = [leaf_hash(leaf) for leaf in leaves]
            bag.write(f"{FOLDER}/tile/{tile.bundle_path}", bundle(leaves))
        bag.write(f"{FOLDER}/tile/{tile.path}", b"".join(hashes))


def proof_in(tree: Tree, place: str) -> str | None:
    """The proof that an entry stands in the tree. place: such as `minutes:3 #6`."""
    stream, _mark, number = place.partition(" #")
    index = index_of(tree.session, stream, int(number))
    if index is None or index >= tree.checkpoint.size:
        return None
    return str(proof_of(index, tree.checkpoint, tree.hash_at))
