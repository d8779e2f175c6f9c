"""Reading the tree from its rows: tiles, roots, proofs, checkpoints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from consultazione.core.log import EntryRow
from consultazione.transparency import tree
from consultazione.transparency.leaves import hash_of, leaf
from consultazione.transparency.models import CheckpointRow, CosignatureRow, LeafRow, TileRow
from consultazione.transparency.proofs import Proof
from consultazione.transparency.tiles import WIDTH, Tile, hash_at_in, split_hashes, width_in

_LEAVES = select(EntryRow.stream, EntryRow.number, EntryRow.digest).join(
    LeafRow, LeafRow.position == EntryRow.position
)


@dataclass(frozen=True)
class Published:
    """The newest checkpoint: how many leaves it covers, its note with all cosignatures.

    key: the verifier's key of the log. covers: the last position of the log that it covers.
    """

    size: int
    note: str
    key: str
    covers: int


def tree_size(session: Session) -> int:
    """How many entries are leaves of the tree by now."""
    last = session.scalar(select(func.max(LeafRow.number)))
    return 0 if last is None else last + 1


def published_size(session: Session) -> int | None:
    """How many leaves the newest checkpoint covers; None before the first."""
    return session.scalar(select(func.max(CheckpointRow.size)))


def signed_before(session: Session, stream: str, number: int) -> bool:
    """Whether a checkpoint was signed before an entry was in the tree."""
    leaf = (
        select(LeafRow.number)
        .join(EntryRow, EntryRow.position == LeafRow.position)
        .where(EntryRow.stream == stream, EntryRow.number == number)
        .scalar_subquery()
    )
    return bool(session.scalar(select(exists().where(CheckpointRow.size <= leaf))))


def newest_checkpoint(session: Session) -> Published | None:
    """The newest checkpoint; None before the first."""
    row = session.scalar(select(CheckpointRow).order_by(CheckpointRow.size.desc()).limit(1))
    return None if row is None else _published(session, row)


def leaves_between(session: Session, start: int, end: int) -> list[bytes]:
    """The data of some leaves, in order: those that there are from `start` to before `end`."""
    return [leaf(*row) for row in _rows_between(session, start, end)]


def read_hashes(session: Session, tile: Tile) -> list[bytes]:
    """The hashes of a tile; fewer than its width if the tree does not reach so far."""
    if tile.is_full:
        row = session.get(TileRow, (tile.level, tile.number))
        if row is not None:
            return split_hashes(row.hashes)
    start = tile.number * WIDTH
    if tile.level == 0:
        return [hash_of(*row) for row in _rows_between(session, start, start + tile.width)]
    below = (
        select(TileRow.root)
        .where(TileRow.level == tile.level - 1)
        .where(TileRow.number >= start, TileRow.number < start + tile.width)
    )
    return list(session.scalars(below.order_by(TileRow.number)))


def hash_at(session: Session, size: int) -> tree.HashAt:
    """The hashes of complete subtrees in the tree of that size."""
    return hash_at_in(_reader(session, size))


def index_of(session: Session, stream: str, number: int) -> int | None:
    """Which leaf an entry is; None if it is none yet, or there is no such entry."""
    query = select(LeafRow.number).join(EntryRow, EntryRow.position == LeafRow.position)
    return session.scalar(query.where(EntryRow.stream == stream, EntryRow.number == number))


def proof_of(index: int, published: Published, hash_at: tree.HashAt) -> Proof:
    """The proof that a leaf stands in the tree of a checkpoint; ValueError if it does not.

    hash_at: of that tree.
    """
    hashes = tree.inclusion_proof(index, published.size, hash_at)
    return Proof(index, hashes, published.note)


def _published(session: Session, row: CheckpointRow) -> Published:
    lines = select(CosignatureRow.line).where(CosignatureRow.size == row.size)
    cosignatures = session.scalars(lines.order_by(CosignatureRow.witness))
    covers = session.scalar(select(LeafRow.position).where(LeafRow.number == row.size - 1)) or 0
    return Published(row.size, row.note + "".join(cosignatures), row.key, covers)


def _rows_between(session: Session, start: int, end: int) -> list[tuple[str, int, bytes]]:
    query = _LEAVES.where(LeafRow.number >= start, LeafRow.number < end).order_by(LeafRow.number)
    return [(stream, number, digest) for stream, number, digest in session.execute(query)]


def _reader(session: Session, size: int) -> Callable[[int, int], list[bytes]]:
    def read(level: int, number: int) -> list[bytes]:
        return read_hashes(session, Tile(level, number, width_in(level, number, size)))

    return read
