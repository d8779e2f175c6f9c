"""The texts beside the log: drawing their leaves, sealing them, opening them.

A text is stored with its salt as one sealed value, so that neither is on the disk in clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, BigInteger, Integer, bindparam, func, select
from sqlalchemy import Sequence as DatabaseSequence
from sqlalchemy.orm import Session

from consultazione.core.columns import Base
from consultazione.core.log.models import TextRow
from consultazione.core.text_keys import Damaged, KeyDestroyed, Tree, keys_of, open_sealed, seal

SALT_BYTES = 16
LEAVES = DatabaseSequence("text_leaf", metadata=Base.metadata)
_DRAW = select(func.nextval(LEAVES.name)).select_from(
    func.generate_series(1, bindparam("count", type_=Integer))
)
_BY_LEAF = select(TextRow.position, TextRow.field, TextRow.leaf, TextRow.sealed).where(
    TextRow.leaf == func.any(bindparam("leaves", type_=ARRAY(BigInteger)))
)


@dataclass(frozen=True, slots=True)
class SaltedText:
    """A text with the salt of its digest."""

    salt: bytes
    body: str


class UnreadableText(ValueError):
    """A text beside the log was changed behind its back; `verify` names it."""


def draw_leaves(session: Session, count: int) -> list[int]:
    """Numbers of leaves for new texts; none of which the key was destroyed.

    In a database that was restored from a copy the sequence counts from an earlier number.
    """
    holds = keys_of(session).tree(session).holds
    leaves: list[int] = []
    while len(leaves) < count:
        drawn = session.scalars(_DRAW, {"count": count - len(leaves)})
        leaves += filter(holds, drawn)
    return leaves


def seal_text(tree: Tree, *, position: int, field: str, leaf: int, text: SaltedText) -> bytes:
    """What is stored of a text: its salt and its words, sealed under the key of its leaf."""
    return seal(tree.key(leaf), text_place(position, field), text.salt + text.body.encode())


def open_text(
    tree: Tree, position: int, field: str, leaf: int, sealed: bytes | None
) -> SaltedText | None:
    """A stored text; None if it was erased or its key destroyed, UnreadableText if changed."""
    if sealed is None:
        return None
    try:
        content = open_sealed(tree.key(leaf), text_place(position, field), sealed)
    except KeyDestroyed:
        return None
    except Damaged as error:
        raise UnreadableText(f"text '{field}' of entry {position} {error}") from error
    return SaltedText(content[:SALT_BYTES], content[SALT_BYTES:].decode())


def open_row(session: Session, row: TextRow) -> SaltedText | None:
    """The same of a row."""
    tree = keys_of(session).tree(session)
    return open_text(tree, row.position, row.field, row.leaf, row.sealed)


def words(session: Session, leaves: Sequence[int]) -> dict[int, str]:
    """The words of some texts by their leaves, without those that were erased.

    For a row of the state that refers to its text in the log. One statement.
    """
    if not leaves:
        return {}
    rows = session.execute(_BY_LEAF, {"leaves": leaves})
    tree = keys_of(session).tree(session)
    opened = {leaf: open_text(tree, at, name, leaf, sealed) for at, name, leaf, sealed in rows}
    return {leaf: text.body for leaf, text in opened.items() if text is not None}


def position_of(session: Session, leaf: int) -> int:
    """The position of the entry whose text has that leaf."""
    return session.scalars(select(TextRow.position).where(TextRow.leaf == leaf)).one()


def text_place(position: int, field: str) -> bytes:
    """What ties a sealed text to its entry and to its field there."""
    return f"{position}/{field}".encode()


def destroy_erased(session: Session, *, destroyed: set[int] | None = None) -> None:
    """Destroy the keys of all texts that were erased; call it once the erasure is committed.

    destroyed: the leaves that the caller has destroyed before; those of now are added.

    Idempotent: whatever an interruption, or an old copy of the keys, has left undone is done.
    """
    erased = session.scalars(select(TextRow.leaf).where(TextRow.sealed.is_(None)))
    destroyed = set() if destroyed is None else destroyed
    leaves = set(erased) - destroyed
    if leaves:
        keys_of(session).destroy(session, leaves)
        destroyed |= leaves
