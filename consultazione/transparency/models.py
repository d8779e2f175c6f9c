"""The tree as stored: which entry is which leaf, full tiles, checkpoints, cosignatures.

All four only grow; the application's role may add rows and read them, and triggers refuse the
rest to everybody. What is not full yet is read from the entries and from the tiles below.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Digest, Line, Moment, Prose


class LeafRow(Base):
    """A leaf of the tree, counted from 0: the entry at `position` of the log.

    No foreign key: checking it would lock, and so write anew, each entry once more. The log
    keeps its entries anyway, and `verify` counts the leaves.
    """

    __tablename__ = "log_leaf"
    __table_args__ = (CheckConstraint("number >= 0", name="counted"),)

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, unique=True)


class TileRow(Base):
    """A full tile: its 256 hashes, and the root over them, which the tile above it holds."""

    __tablename__ = "log_tile"
    __table_args__ = (CheckConstraint("octet_length(hashes) = 8192", name="full"),)

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)
    root: Mapped[Digest]


class CheckpointRow(Base):
    """A checkpoint that was signed: one for each size at most, so that none can be forked.

    note: the signed note, with the log's signature alone. key: the verifier's key of then.
    """

    __tablename__ = "log_checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[Digest]
    note: Mapped[Prose]
    key: Mapped[Prose]
    at: Mapped[Moment]


class CosignatureRow(Base):
    """The signature line of a witness under the checkpoint of a size."""

    __tablename__ = "log_cosignature"
    __table_args__ = (Index("ix_log_cosignature_witness", "witness", "size"),)

    size: Mapped[int] = mapped_column(ForeignKey("log_checkpoint.size"), primary_key=True)
    witness: Mapped[Line] = mapped_column(primary_key=True)
    line: Mapped[Prose]
