"""Reading entries: of one stream by number, of several by position, forward or newest first.

Each function reads in the caller's session, two statements whatever the number of entries,
and takes no lock. The texts of an entry come with it; one that was erased reads as empty.
Entries without content are left out: those that an archive has withheld (`restored`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, literal, select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.core.events import FreeText, from_data
from consultazione.core.log.entries import Entry
from consultazione.core.log.models import EntryRow, Stream, TextRow
from consultazione.core.log.restored import NO_DATA
from consultazione.core.log.streams import EPHEMERAL_PATTERN
from consultazione.core.log.texts import open_text
from consultazione.core.text_keys import keys_of

_ENTRIES = select(
    EntryRow.position,
    EntryRow.stream,
    EntryRow.number,
    EntryRow.kind,
    EntryRow.data,
    EntryRow.actor_id,
    EntryRow.at,
)
_TEXTS = select(TextRow.position, TextRow.field, TextRow.leaf, TextRow.sealed)


def head(session: Session, stream: str) -> int:
    """The number of a stream's last entry; 0 if it has none."""
    return session.scalar(select(Stream.number).where(Stream.name == stream)) or 0


def is_kept() -> ColumnElement[bool]:
    """The condition that an entry stands in a stream that is kept for ever."""
    return EntryRow.stream.op("!~", is_comparison=True)(EPHEMERAL_PATTERN)


def read_stream(
    session: Session, stream: str, *, after: int = 0, limit: int | None = None
) -> list[Entry]:
    """A stream's entries beyond a number, in order.

    limit: how many at most. Numbers have no gaps, so it is the range that is limited: whatever
    the database knows of a stream's length, it finds these entries and no others.
    """
    query = _ENTRIES.where(EntryRow.stream == stream, EntryRow.number > literal(after, BigInteger))
    if limit is not None:
        query = query.where(EntryRow.number <= literal(after + limit, BigInteger))
    return _entries(session, query.order_by(EntryRow.number))


def read_newest(
    session: Session, stream: str, *, before: int | None = None, limit: int
) -> list[Entry]:
    """A stream's last entries, in order: at most `limit`, all below the number `before`."""
    query = _ENTRIES.where(EntryRow.stream == stream)
    if before is not None:
        query = query.where(EntryRow.number < literal(before, BigInteger))
    return _entries(session, query.order_by(EntryRow.number.desc()).limit(limit))[::-1]


def heads(session: Session, streams: Iterable[str]) -> dict[str, int]:
    """The numbers of the last entries of several streams, in one statement; 0 for none."""
    names = list(streams)
    found = session.execute(select(Stream.name, Stream.number).where(Stream.name.in_(names)))
    return dict.fromkeys(names, 0) | dict(iter(found))


def read_streams(session: Session, streams: Iterable[str]) -> list[Entry]:
    """The entries of several streams in the order in which they were committed."""
    query = _ENTRIES.where(EntryRow.stream.in_(list(streams))).order_by(EntryRow.position)
    return _entries(session, query)


def read_forward(session: Session, *, after: int, limit: int) -> list[Entry]:
    """All entries beyond a position, in the order in which they were committed."""
    query = _ENTRIES.where(EntryRow.position > after).order_by(EntryRow.position).limit(limit)
    return _entries(session, query)


def read_latest(
    session: Session, *, streams: Iterable[str] | None = None, before: int | None = None, limit: int
) -> list[Entry]:
    """The newest entries first, of the given streams or of all; `before` is a position."""
    query = _ENTRIES.order_by(EntryRow.position.desc()).limit(limit)
    if streams is not None:
        query = query.where(EntryRow.stream.in_(list(streams)))
    if before is not None:
        query = query.where(EntryRow.position < before)
    return _entries(session, query)


def read_entry(session: Session, position: int) -> Entry:
    """The entry at a position; LookupError if there is none."""
    entries = _entries(session, _ENTRIES.where(EntryRow.position == position))
    if not entries:
        raise LookupError(f"no entry at position {position}")
    return entries[0]


def read_entries(session: Session, positions: Iterable[int]) -> list[Entry]:
    """The entries at some positions, in their order; those that are not there are left out."""
    wanted = list(positions)
    query = _ENTRIES.where(EntryRow.position.in_(wanted)).order_by(EntryRow.position)
    return _entries(session, query) if wanted else []


def _entries(session: Session, query: Any) -> list[Entry]:
    rows = [row for row in session.execute(query) if row.data is not NO_DATA]
    texts = _texts(session, [row.position for row in rows])
    return [_entry(row, texts.get(row.position, {})) for row in rows]


def _texts(session: Session, positions: list[int]) -> dict[int, dict[str, str]]:
    """The words of free texts by position and field; empty for one that was erased."""
    texts: dict[int, dict[str, str]] = {}
    if not positions:
        return texts
    rows = session.execute(_TEXTS.where(among(TextRow.position, positions))).all()
    if rows:
        tree = keys_of(session).tree(session)
        for position, field, leaf, sealed in rows:
            text = open_text(tree, position, field, leaf, sealed)
            texts.setdefault(position, {})[field] = text.body if text else ""
    return texts


def _entry(row: Row[Any], texts: dict[str, str]) -> Entry:
    data = {**row.data, **{field: FreeText(body) for field, body in texts.items()}}
    event = from_data(row.kind, data)
    return Entry(row.position, row.stream, row.number, row.kind, event, row.actor_id, row.at)
