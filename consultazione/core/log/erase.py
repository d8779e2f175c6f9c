"""The two ways in which something leaves the log: a text is erased, a stream deleted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, false, or_, select, update
from sqlalchemy.orm import Session

from consultazione.core.log.models import EntryRow, Stream, TextRow
from consultazione.core.log.streams import EPHEMERAL_FROM


def erase_texts(session: Session, position: int) -> None:
    """Erase the free texts of an entry for ever, salts included; its chain stays whole.

    Once that is committed, `destroy_erased` makes what the disk still holds of them
    unreadable; the dispatcher calls it. Idempotent; nothing happens without such an entry.
    """
    session.execute(update(TextRow).where(TextRow.position == position).values(sealed=None))


def delete_ephemeral(session: Session, numbers: Sequence[int]) -> None:
    """Delete the ephemeral streams that have one of the numbers, with their entries and texts.

    ValueError for a number below EPHEMERAL_FROM; the database refuses those too. Idempotent.
    """
    if any(number < EPHEMERAL_FROM for number in numbers):
        raise ValueError("only ephemeral streams can be deleted")
    ends = [Stream.name.like(f"%:{number}") for number in numbers]
    names = list(session.scalars(select(Stream.name).where(or_(false(), *ends))))
    positions = select(EntryRow.position).where(EntryRow.stream.in_(names))
    session.execute(delete(TextRow).where(TextRow.position.in_(positions)))
    session.execute(delete(EntryRow).where(EntryRow.stream.in_(names)))
    session.execute(delete(Stream).where(Stream.name.in_(names)))
