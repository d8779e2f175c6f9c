"""`consultazione verify`: recompute every stream of the log and name what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.config import Settings
from consultazione.core.db import open_database
from consultazione.core.log import (
    GENESIS,
    EntryRow,
    Stream,
    TextRow,
    canonical,
    chain_digest,
    text_digest,
)


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit: where, and what."""

    stream: str
    number: int
    what: str


def main(settings: Settings) -> int:
    """Verify the whole log, with a progress bar; 0 if it is whole, 1 if it is not."""
    console = Console(stderr=True)
    faults: list[Fault] = []
    with open_database(settings.require_database_url()).snapshot() as session:
        names = streams(session)
        with Progress(console=console, transient=True) as progress:
            for name in progress.track(names, description="verify"):
                faults += verify_stream(session, name)
        count = session.scalar(select(func.count()).select_from(EntryRow)) or 0
        erased = session.scalar(select(func.count()).where(TextRow.body.is_(None))) or 0
    for fault in faults:
        print(f"{fault.stream} #{fault.number}: {fault.what}")
    if faults:
        return 1
    forgotten = f"; {erased} texts were erased" if erased else ""
    print(f"{len(names)} streams, {count} entries: whole{forgotten}")
    return 0


def streams(session: Session) -> list[str]:
    """The names of all streams, those with a head but no entries included."""
    entries = select(EntryRow.stream).distinct()
    return sorted({*session.scalars(select(Stream.name)), *session.scalars(entries)})


def verify_stream(session: Session, name: str) -> list[Fault]:
    """What is wrong with one stream: missing, added, reordered or changed entries or texts."""
    return list(_faults(session, name))


def _faults(session: Session, name: str) -> Iterator[Fault]:
    expected, digest, position = 1, GENESIS, 0
    rows = session.scalars(
        select(EntryRow).where(EntryRow.stream == name).order_by(EntryRow.number)
    )
    texts = _texts(session, name)
    for row in rows.yield_per(1000):
        if row.number != expected:
            yield Fault(name, expected, "entry is missing")
            expected = row.number
        elif row.prev_digest != digest:
            yield Fault(name, row.number, "does not follow from the entry before it")
        if row.digest != chain_digest(row.prev_digest, _bytes(row)):
            yield Fault(name, row.number, "entry was changed after it was written")
        if row.position <= position:
            yield Fault(name, row.number, "was moved before the entry before it")
        yield from _text_faults(row, texts.get(row.position, {}))
        expected, digest, position = row.number + 1, row.digest, row.position
    yield from _head_faults(name, session.get(Stream, name), expected - 1, digest)


def _head_faults(name: str, head: Stream | None, last: int, digest: bytes) -> Iterator[Fault]:
    if head is None:
        yield Fault(name, last, "stream has entries but no head")
    elif head.number != last:
        yield Fault(name, last + 1, f"entry is missing: the head says {head.number}")
    elif head.digest != digest:
        yield Fault(name, head.number, "head and last entry differ")


def _text_faults(row: EntryRow, texts: dict[str, TextRow]) -> Iterator[Fault]:
    """What is wrong with the texts beside an entry; one that was erased has left no salt."""
    promised = {name: value["digest"] for name, value in row.data.items() if _is_digest(value)}
    for field in sorted(promised.keys() | texts.keys()):
        stored = texts.get(field)
        if field not in promised:
            yield Fault(row.stream, row.number, f"text '{field}' was added")
        elif stored is None:
            yield Fault(row.stream, row.number, f"text '{field}' is missing")
        elif not _is_erased(stored) and _digest_of(stored) != promised[field]:
            yield Fault(row.stream, row.number, f"text '{field}' was changed")


def _is_digest(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"digest"}


def _is_erased(stored: TextRow) -> bool:
    return stored.body is None and stored.salt is None


def _digest_of(stored: TextRow) -> str | None:
    if stored.body is None or stored.salt is None:
        return None
    return text_digest(stored.salt, stored.body)


def _texts(session: Session, name: str) -> dict[int, dict[str, TextRow]]:
    found: dict[int, dict[str, TextRow]] = {}
    query = (
        select(TextRow)
        .join(EntryRow, EntryRow.position == TextRow.position)
        .where(EntryRow.stream == name)
    )
    for row in session.scalars(query):
        found.setdefault(row.position, {})[row.field] = row
    return found


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
