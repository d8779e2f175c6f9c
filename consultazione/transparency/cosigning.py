"""Which cosignatures the newest checkpoint lacks, and keeping those that come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

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
    query = select(CosignatureRow.witness, func.max(CosignatureRow.size))
    last = dict(iter(session.execute(query.group_by(CosignatureRow.witness))))
    return {name: last.get(name, 0) for name in names if last.get(name, 0) < newest}


def signed_note(session: Session) -> tuple[int, str]:
    """The size and the note of the newest checkpoint, which there is, without cosignatures."""
    newest = select(CheckpointRow.size, CheckpointRow.note).order_by(CheckpointRow.size.desc())
    size, note = session.execute(newest.limit(1)).one()
    return size, note


def prover(session: Session, size: int) -> Callable[[int], Sequence[bytes]]:
    """Proves that the tree of that size begins with smaller ones."""
    at = hash_at(session, size)
    return lambda old: tree.consistency_proof(old, size, at)


def keep_cosignature(tx: Transaction, *, size: int, signature: Signature) -> None:
    """Add a witness's signature to the checkpoint of a size. Idempotent."""
    row = {"size": size, "witness": signature.name, "line": signature.line}
    tx.session.execute(insert(CosignatureRow).values(row).on_conflict_do_nothing())
