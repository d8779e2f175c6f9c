"""Recomputing streams of the log, and naming what does not fit.

`find_faults` is pure: rows in, faults out. `verify_stream` reads the rows of one stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.log.chain import GENESIS, canonical, chain_digest, text_digest
from consultazione.core.log.models import EntryRow, Stream, TextRow
from consultazione.core.log.restored import is_withheld, restored_until
from consultazione.core.log.texts import SaltedText, UnreadableText, open_row


class Lost(StrEnum):
    """Why a text beside an entry cannot be read."""

    ERASED = "erased"
    UNREADABLE = "unreadable"


# The texts beside an entry, by field.
Texts = Mapping[str, SaltedText | Lost]


class Check(StrEnum):
    """Which check an entry fails."""

    NUMBER = "number"  # numbers have no gap
    LINK = "link"  # the digest of the entry before is the one that the entry names
    DIGEST = "digest"  # the entry is as it was written
    ORDER = "order"  # positions grow with numbers
    TEXT = "text"  # each free text is the one whose digest the entry holds, or was erased
    HEAD = "head"  # the stream ends where its head says
    STATE = "state"  # rows say what the log says (`core.audit`)


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit: where (stream and number), and why.

    check: of a stream's chain, which one it is; None for what other checks find.
    """

    stream: str
    number: int
    what: str
    check: Check | None = None


def streams(session: Session) -> list[str]:
    """The names of all streams, those with a head but no entries included."""
    entries = select(EntryRow.stream).distinct()
    return sorted({*session.scalars(select(Stream.name)), *session.scalars(entries)})


def verify_stream(session: Session, name: str) -> list[Fault]:
    """What is wrong with one stream: missing, added, reordered or changed entries or texts."""
    query = select(EntryRow).where(EntryRow.stream == name).order_by(EntryRow.number)
    rows = session.scalars(query).yield_per(1000)
    head = session.get(Stream, name)
    until = restored_until(session)
    return list(find_faults(name, rows, _texts(session, name), head, restored=until))


def find_faults(
    name: str,
    rows: Iterable[EntryRow],
    texts: Mapping[int, Texts],
    head: Stream | None,
    *,
    restored: int = 0,
) -> Iterator[Fault]:
    """What is wrong with a stream, in the order of its entries; its head comes last.

    rows: by number. texts: by position. restored: up to which position an archive may have
    withheld what entries say.
    """
    expected, digest, position = 1, GENESIS, 0
    for row in rows:
        if row.number != expected:
            yield Fault(name, expected, "entry is missing", Check.NUMBER)
        elif row.prev_digest != digest:
            yield Fault(name, row.number, "does not follow from the entry before it", Check.LINK)
        is_restored = row.position <= restored
        withheld = is_restored and is_withheld(row.data, row.salt)
        if not withheld and row.digest != chain_digest(row.prev_digest, _bytes(row)):
            yield Fault(name, row.number, "entry was changed after it was written", Check.DIGEST)
        if row.position <= position:
            yield Fault(name, row.number, "was moved before the entry before it", Check.ORDER)
        yield from _text_faults(row, texts.get(row.position, {}), is_restored=is_restored)
        expected, digest, position = row.number + 1, row.digest, row.position
    yield from _head_faults(name, head, expected - 1, digest)


def _head_faults(name: str, head: Stream | None, last: int, digest: bytes) -> Iterator[Fault]:
    if head is None:
        yield Fault(name, last, "stream has entries but no head", Check.HEAD)
    elif head.number != last:
        why = f"entry is missing: the head says {head.number}"
        yield Fault(name, last + 1, why, Check.HEAD)
    elif head.digest != digest:
        yield Fault(name, head.number, "head and last entry differ", Check.HEAD)


def _text_faults(row: EntryRow, texts: Texts, *, is_restored: bool) -> Iterator[Fault]:
    """What is wrong with the texts beside an entry; one that was erased has left no salt.

    is_restored: whether an archive may have withheld them.
    """
    data = row.data if isinstance(row.data, dict) else {}  # anything may have been put there
    promised = {name: value["digest"] for name, value in data.items() if _is_digest(value)}
    for field in sorted(texts.keys() if is_restored else promised.keys() | texts.keys()):
        why = _text_flaw(promised.get(field), texts.get(field))
        if why:
            yield Fault(row.stream, row.number, f"text '{field}' {why}", Check.TEXT)


def _text_flaw(promised: str | None, stored: SaltedText | Lost | None) -> str | None:
    """What happened to a text behind the entry's back; None if nothing did."""
    if promised is None:
        return "was added"
    if stored is None:
        return "is missing"
    if stored is Lost.ERASED or _digest_of(stored) == promised:
        return None
    return "was changed"


def _is_digest(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"digest"}


def _digest_of(stored: SaltedText | Lost) -> str | None:
    return None if isinstance(stored, Lost) else text_digest(stored.salt, stored.body)


def _texts(session: Session, name: str) -> dict[int, dict[str, SaltedText | Lost]]:
    """The texts of a stream, by position and field."""
    texts: dict[int, dict[str, SaltedText | Lost]] = {}
    query = (
        select(TextRow)
        .join(EntryRow, EntryRow.position == TextRow.position)
        .where(EntryRow.stream == name)
    )
    for row in session.scalars(query):
        texts.setdefault(row.position, {})[row.field] = _opened(session, row)
    return texts


def _opened(session: Session, row: TextRow) -> SaltedText | Lost:
    try:
        return open_row(session, row) or Lost.ERASED
    except UnreadableText:
        return Lost.UNREADABLE


def _bytes(row: EntryRow) -> bytes:
    return canonical(
        stream=row.stream,
        number=row.number,
        kind=row.kind,
        at=row.at,
        actor_id=row.actor_id,
        data=row.data,
        salt=row.salt,
    )
