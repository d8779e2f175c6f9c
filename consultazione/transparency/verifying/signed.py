"""The tree and its checkpoints held against the entries, as a sweep has found them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core.log import EntryRow
from consultazione.core.log.verify import Fault
from consultazione.transparency import tree
from consultazione.transparency.checkpoint import Checkpoint, open_checkpoint
from consultazione.transparency.models import CheckpointRow, LeafRow, TileRow
from consultazione.transparency.notes import BadNote, Key
from consultazione.transparency.tiles import HASH, HEIGHT, WIDTH, split_hashes
from consultazione.transparency.verifying.sweep import Swept

LOG = "log"  # stands for a stream where a fault is of the log as a whole
_FULL = HASH * WIDTH


class Leaves:
    """The tree over the entries as they are now; each of its nodes is hashed once.

    A checkpoint asks for nodes of every level, and there is one a minute: to make them anew would
    hash the tree again for each.
    """

    def __init__(self, hashes: bytes) -> None:
        self.size = len(hashes) // HASH
        self._levels = [hashes]
        while len(self._levels[-1]) >= 2 * HASH:
            self._levels.append(_level_above(self._levels[-1]))

    def at(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        return self._levels[level][index * HASH : (index + 1) * HASH]

    def root(self, size: int) -> bytes:
        """The root over the first leaves."""
        return tree.root(size, self.at)

    def tile(self, level: int, number: int) -> bytes:
        """The hashes that a full tile should hold; fewer if there are no leaves for it."""
        if level * HEIGHT >= len(self._levels):
            return b""
        return self._levels[level * HEIGHT][number * _FULL : (number + 1) * _FULL]


def tree_faults(session: Session, swept: Swept, leaves: Leaves) -> Iterator[Fault]:
    """Entries that are not the leaves that they should be, tiles that hold other hashes."""
    if swept.misplaced is not None:
        stream, number = swept.misplaced
        yield Fault(stream or LOG, number, "is not at its place in the tree")
    size = session.scalar(select(func.count()).select_from(LeafRow)) or 0
    if size != leaves.size - swept.unleaved:
        found = leaves.size - swept.unleaved
        yield Fault(
            LOG, found, f"entries are missing: the tree has {size} leaves, {found} are there"
        )
    signed = session.scalar(select(func.max(CheckpointRow.size))) or 0
    if size < signed:
        yield Fault(LOG, size, f"leaves are missing: a checkpoint was signed over {signed}")
    tiles = select(TileRow).order_by(TileRow.level, TileRow.number).execution_options(yield_per=100)
    for tile in session.scalars(tiles):
        yield from _tile_faults(session, tile, leaves)
    yield from _missing_tiles(session, size)


def checkpoint_faults(
    session: Session, leaves: Leaves, key: Key | None, kept: Sequence[str]
) -> Iterator[Fault]:
    """Checkpoints that do not fit the entries: those that were signed, and those kept elsewhere.

    key: that of the log; None if it is not known here. kept: the texts of signed notes. Of the
    database's own the newest must be signed, which covers all before it.
    """
    rows = select(CheckpointRow).order_by(CheckpointRow.size).execution_options(yield_per=1000)
    newest = None
    for row in session.scalars(rows):
        yield from _root_faults(Checkpoint(LOG, row.size, row.root), leaves, "that was signed")
        newest = row
    if newest is not None:
        yield from _note_faults(newest, key)
    for text in kept:
        yield from _kept_faults(text, leaves, key)


def _root_faults(checkpoint: Checkpoint, leaves: Leaves, which: str) -> Iterator[Fault]:
    size = checkpoint.size
    if size > leaves.size:
        why = f"entries are missing: a checkpoint {which} has {size}, {leaves.size} are there"
        yield Fault(LOG, leaves.size, why)
    elif leaves.root(size) != checkpoint.root:
        yield Fault(LOG, size, f"the first {size} entries are not those of the checkpoint {which}")


def _note_faults(row: CheckpointRow, key: Key | None) -> Iterator[Fault]:
    try:
        if key is not None:
            signed, _ = open_checkpoint(row.note, key)
            if (signed.size, signed.root) != (row.size, row.root):
                yield Fault(LOG, row.size, "the checkpoint was changed after it was signed")
    except BadNote as error:
        yield Fault(LOG, row.size, f"the newest checkpoint is not ours: {error}")


def _kept_faults(text: str, leaves: Leaves, key: Key | None) -> Iterator[Fault]:
    if key is None:
        yield Fault(LOG, 0, "the kept checkpoint cannot be verified: the log's key is not here")
        return
    try:
        checkpoint, _ = open_checkpoint(text, key)
    except BadNote as error:
        yield Fault(LOG, 0, f"the kept checkpoint is not ours: {error}")
        return
    yield from _root_faults(checkpoint, leaves, "that was kept")


def _tile_faults(session: Session, row: TileRow, leaves: Leaves) -> Iterator[Fault]:
    expected = leaves.tile(row.level, row.number)
    if len(expected) < _FULL:
        yield Fault(
            LOG, leaves.size, f"tile {row.level}/{row.number} covers entries that are missing"
        )
    elif row.hashes != expected:
        pairs = zip(split_hashes(row.hashes), split_hashes(expected), strict=True)
        wrong = next(i for i, (held, due) in enumerate(pairs) if held != due)
        index = (row.number * WIDTH + wrong) << HEIGHT * row.level
        stream, number = _entry_of(session, index)
        what = f"is not the entry of which leaf {index} was made"
        if row.level:
            what = f"tile {row.level}/{row.number} holds another hash from leaf {index} on"
        yield Fault(stream, number, what)
    elif row.root != leaves.at((row.level + 1) * HEIGHT, row.number):
        yield Fault(LOG, 0, f"tile {row.level}/{row.number} has another root than its hashes")


def _missing_tiles(session: Session, size: int) -> Iterator[Fault]:
    query = select(TileRow.level, func.count()).group_by(TileRow.level)
    stored: dict[int, int] = dict(iter(session.execute(query)))
    level = 0
    while full := size >> HEIGHT * (level + 1):
        if stored.get(level, 0) != full:
            yield Fault(
                LOG, 0, f"tiles of level {level} are missing: {stored.get(level, 0)} of {full}"
            )
        level += 1


def _entry_of(session: Session, index: int) -> tuple[str, int]:
    query = select(EntryRow.stream, EntryRow.number).join(
        LeafRow, LeafRow.position == EntryRow.position
    )
    found = session.execute(query.where(LeafRow.number == index)).one_or_none()
    return (found[0], found[1]) if found else (LOG, index)


def _level_above(hashes: bytes) -> bytes:
    """The nodes over each two of a level; a last one without a neighbour has none yet."""
    pairs = range(0, len(hashes) - 2 * HASH + 1, 2 * HASH)
    return b"".join(sha256(b"\x01" + hashes[at : at + 2 * HASH]).digest() for at in pairs)
