"""Which cosignatures the newest checkpoint lacks, and keeping those that come."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.transparency import tree
from consultazione.transparency.models import CheckpointRow, CosignatureRow
from consultazione.transparency.notes import Signature
from consultazione.transparency.queries import hash_at


def lacking(session: Session, names: Collection[str]) -> dict[str, int]:
    """The witnesses that have not cosigned the newest checkpoint, by the size they did last."""
    newest = session.scalar(select(func.max(CheckpointRow.size))) or 0
    query = select(CosignatureRow.witness).where(CosignatureRow.size == newest)
    cosigned = set(session.scalars(query)) if newest else set(names)
    return {name: _last_of(session, name) for name in names if name not in cosigned}


def signed_note(session: Session) -> tuple[int, str]:
    """The size and the note of the newest checkpoint, which there is, without cosignatures."""
    newest = select(CheckpointRow.size, CheckpointRow.note).order_by(CheckpointRow.size.desc())
    size, note = session.execute(newest.limit(1)).one()
    return size, note


def prove_growth(session: Session, old: int, size: int) -> list[bytes]:
    """The proof that the tree of `size` leaves begins with that of `old`."""
    return tree.consistency_proof(old, size, hash_at(session, size))


def keep_cosignature(tx: Transaction, *, size: int, signature: Signature) -> None:
    """Add a witness's signature to the checkpoint of a size. Idempotent."""
    row = {"size": size, "witness": signature.name, "line": signature.line}
    tx.session.execute(insert(CosignatureRow).values(row).on_conflict_do_nothing())


def _last_of(session: Session, name: str) -> int:
    query = select(func.max(CosignatureRow.size)).where(CosignatureRow.witness == name)
    return session.scalar(query) or 0
