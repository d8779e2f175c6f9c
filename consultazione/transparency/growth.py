"""Keeping the tree in step with the log, and signing what it has become.

Entries become leaves in the order of their positions, which is that of their commits; those of
ephemeral streams never do. All of it is idempotent, and one advisory lock makes it happen once
at a time: two dispatchers, or a restart in the middle, leave the same tree and no fork.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ARRAY, BigInteger, bindparam, func, insert, select, text
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.log import EntryRow, is_kept
from consultazione.transparency import tree
from consultazione.transparency.checkpoint import Checkpoint
from consultazione.transparency.leaves import hash_of
from consultazione.transparency.models import CheckpointRow, LeafRow, TileRow
from consultazione.transparency.notes import Note, Signer
from consultazione.transparency.queries import hash_at, read_hashes, tree_size
from consultazione.transparency.tiles import HEIGHT, WIDTH, Tile

BATCH = 1000
_LOCK = select(func.pg_advisory_xact_lock(0x54524545))  # "TREE"
_LAST = select(LeafRow.number, LeafRow.position).order_by(LeafRow.number.desc()).limit(1)

# One statement, whatever the number of leaves: the other loops wait while it runs.
_ADD = text(
    "INSERT INTO log_leaf (number, position) SELECT :size + place - 1, position"
    " FROM unnest(:positions) WITH ORDINALITY AS added(position, place)"
).bindparams(bindparam("positions", type_=ARRAY(BigInteger)))


class Forked(Exception):
    """The tree is not the one that was signed before: entries were changed, or an old copy of
    the database stands in its place."""


def grow(tx: Transaction, *, limit: int = BATCH) -> int:
    """Make the next entries of the log leaves, at most `limit`; how many there were."""
    session = tx.session
    session.execute(_LOCK)
    last, covered = session.execute(_LAST).one_or_none() or (-1, 0)
    entries = (
        select(EntryRow.position, EntryRow.stream, EntryRow.number, EntryRow.digest)
        .where(EntryRow.position > covered, is_kept())
        .order_by(EntryRow.position)
        .limit(limit)
    )
    rows = session.execute(entries).all()
    if not rows:
        return 0
    size = last + 1
    partial = Tile(0, size // WIDTH, size % WIDTH)
    hashes = read_hashes(session, partial) if partial.width else []
    session.execute(_ADD, {"size": size, "positions": [row.position for row in rows]})
    hashes += [hash_of(row.stream, row.number, row.digest) for row in rows]
    _fill(session, 0, partial.number, hashes)
    return len(rows)


def publish(
    tx: Transaction, *, signer: Signer, known: Checkpoint | None = None
) -> Checkpoint | None:
    """Sign a checkpoint over all leaves; None if there is one already, or no leaf.

    signer: the log's key under the log's origin. known: the last that was signed, as kept
    outside of the database; Forked if the tree does not continue it.
    """
    tx.session.execute(_LOCK)
    size = tree_size(tx.session)
    if size <= (tx.session.scalar(select(func.max(CheckpointRow.size))) or 0):
        return None
    if known is not None and not _continues(tx.session, size, known):
        raise Forked(f"the checkpoint of {known.size} entries was signed over other ones")
    root = tree.root(size, hash_at(tx.session, size))
    checkpoint = Checkpoint(signer.name, size, root)
    note = str(Note(checkpoint.text, [signer.sign(checkpoint.text)]))
    row = {"size": size, "root": root, "note": note, "key": signer.key.text, "at": tx.now}
    tx.session.execute(insert(CheckpointRow), [row])
    return checkpoint


def _continues(session: Session, size: int, known: Checkpoint) -> bool:
    return size >= known.size and tree.root(known.size, hash_at(session, known.size)) == known.root


def _fill(session: Session, level: int, first: int, hashes: Sequence[bytes]) -> None:
    """Store the tiles of a level that are full now, and those above that they fill.

    first: the number of the tile with which the hashes begin.
    """
    full = [hashes[at : at + WIDTH] for at in range(0, len(hashes) - WIDTH + 1, WIDTH)]
    if not full:
        return
    roots = [tree.root_of(tile) for tile in full]
    rows = [
        {"level": level, "number": first + i, "hashes": b"".join(tile), "root": root}
        for i, (tile, root) in enumerate(zip(full, roots, strict=True))
    ]
    session.execute(insert(TileRow), rows)
    above = Tile(level + 1, first >> HEIGHT, first % WIDTH)
    before = read_hashes(session, above) if above.width else []
    _fill(session, level + 1, above.number, [*before, *roots])
