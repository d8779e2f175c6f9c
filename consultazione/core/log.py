"""The append-only log: numbered streams, each a hash chain, read forward by position.

Appends are serialised: one advisory lock is taken last of all, just before COMMIT, and
PostgreSQL releases it only once the transaction is visible. So positions appear in
order, a reader that keeps "position > cursor" skips nothing, and inside a stream the
order of numbers is the order of commits. (Ordering by the transaction's xid8 below
`pg_snapshot_xmin` also skips nothing, but gives number 6 before number 5 where a
transaction that began first appends last. `make bench ONLY=log` compares the two: the
lock costs nothing on one stream, and up to three times the appends of many streams on a
slow disk, since each append then waits for its own fsync. What arrives by the hundred
is therefore committed together.)

Free text stands in `log_text` with a random salt; the entry holds only
SHA-256(salt + text). A text can be erased and the chain still verifies. Each entry has a
salt of its own, for digests are public: who knows all of an entry but a person and a
"yes" or "no" would else try the few there are until the digest fits.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    bindparam,
    cast,
    delete,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import TypeEngine, UserDefinedType

from consultazione.core.canonical import canonical_json
from consultazione.core.columns import Base, Digest, Document, Line, Moment, Prose
from consultazione.core.events import Event, FreeText, from_data, text_fields, to_data

CHANNEL = "consultazione_log"
_APPEND_LOCK = 0x434F4E53  # "CONS": the one lock that every append takes
GENESIS = bytes(32)
# Numbers from here on name what is rehearsed; only streams with such a number can be deleted.
REHEARSED_FROM = 10**12
_REHEARSED = r":[0-9]{13,}$"
_SALT_BYTES = 16


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class Stream(Base):
    """The head of one stream: its last number and digest."""

    __tablename__ = "log_stream"

    name: Mapped[Line] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[Digest]


class EntryRow(Base):
    """One entry as stored."""

    __tablename__ = "log_entry"
    __table_args__ = (
        UniqueConstraint("stream", "number"),
        Index("ix_log_entry_kind_position", "kind", "position"),
    )

    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8, server_default=func.pg_current_xact_id())
    stream: Mapped[Line]
    number: Mapped[int]
    kind: Mapped[Line]
    data: Mapped[Document]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[Moment]
    salt: Mapped[bytes]
    digest: Mapped[Digest]
    prev_digest: Mapped[Digest]


class TextRow(Base):
    """A free text of an entry with its salt; `body` and `salt` are empty once erased."""

    __tablename__ = "log_text"

    position: Mapped[int] = mapped_column(ForeignKey("log_entry.position"), primary_key=True)
    field: Mapped[Line] = mapped_column(primary_key=True)
    salt: Mapped[bytes | None]
    body: Mapped[Prose | None]


# What every append sends while it holds the lock that all of them wait for: made once, and
# sent past the session, which would halve the number of appends in a second.
_LOCK = select(func.pg_advisory_xact_lock(_APPEND_LOCK))
_HEADS = select(Stream.name, Stream.number, Stream.digest).where(
    Stream.name == func.any(bindparam("names", type_=ARRAY(Text)))
)
_COLUMNS: dict[str, TypeEngine[Any]] = {
    "stream": Text(),
    "number": BigInteger(),
    "kind": Text(),
    "data": Text(),
    "actor_id": BigInteger(),
    "at": DateTime(timezone=True),
    "salt": LargeBinary(),
    "digest": LargeBinary(),
    "prev_digest": LargeBinary(),
}


def _add_entries() -> Any:
    """One statement for any number of rows, a list for each column: a list of rows would make
    another text each time, and reading those took a fifth of the time of a busy room.
    """
    lists: list[Any] = [bindparam(name, type_=ARRAY(kind)) for name, kind in _COLUMNS.items()]
    rows = func.unnest(*lists).table_valued(*_COLUMNS, with_ordinality="place").render_derived()
    columns = [cast(rows.c[n], JSONB) if n == "data" else rows.c[n] for n in _COLUMNS]
    chosen = select(*columns).order_by(rows.c.place)
    added = insert(EntryRow).from_select(list(_COLUMNS), chosen, include_defaults=False)
    return added.returning(EntryRow.position, EntryRow.stream, EntryRow.number)


_ADD_ENTRIES = _add_entries()
_HEAD = upsert(Stream)
_MOVE_HEADS = _HEAD.on_conflict_do_update(
    index_elements=[Stream.name],
    set_={"number": _HEAD.excluded.number, "digest": _HEAD.excluded.digest},
)
_NOTIFY = select(func.pg_notify(CHANNEL, bindparam("position", type_=Text)))


@dataclass(frozen=True)
class Recorded:
    """What a command has noted for the log: on which stream, who did what, and when."""

    stream: str
    event: Event
    actor_id: int | None
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One entry as read: where it stands, what happened, who did it and when."""

    position: int
    stream: str
    number: int
    kind: str
    event: Event
    actor_id: int | None
    at: datetime


def canonical(
    *,
    stream: str,
    number: int,
    kind: str,
    at: datetime,
    actor_id: int | None,
    data: Any,
    salt: bytes,
) -> bytes:
    """The bytes of an entry that its digest covers: JSON, keys sorted, no blanks, UTF-8."""
    body = {
        "actor_id": actor_id,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "data": data,
        "kind": kind,
        "number": number,
        "salt": salt.hex(),
        "stream": stream,
    }
    return canonical_json(body)


def chain_digest(prev_digest: bytes, entry: bytes) -> bytes:
    """The digest of an entry on top of the one before it in its stream."""
    return hashlib.sha256(prev_digest + entry).digest()


def text_digest(salt: bytes, body: str) -> str:
    """What an entry holds in place of a free text."""
    return hashlib.sha256(salt + body.encode()).hexdigest()


def parse_stream(stream: str) -> tuple[str, int]:
    """The family of a stream and the id of what it is about: `table:12` is ("table", 12)."""
    family, _colon, number = stream.partition(":")
    return family, int(number)


def is_rehearsed(stream: str) -> bool:
    """True for the streams of a rehearsal, which will be forgotten."""
    return re.search(_REHEARSED, stream) is not None


def is_kept() -> ColumnElement[bool]:
    """The condition that an entry stands in a stream that is kept for ever."""
    return EntryRow.stream.op("!~", is_comparison=True)(_REHEARSED)


def append(session: Session, recorded: Sequence[Recorded]) -> list[Entry]:
    """Write events at the ends of their streams; call it last, right before COMMIT.

    recorded: in the order in which it happened. Returns the entries with their numbers
    and positions.
    """
    if not recorded:
        return []
    connection = session.connection()
    connection.execute(_LOCK)
    heads = _heads(connection, {item.stream for item in recorded})
    rows: list[dict[str, Any]] = []
    texts: list[dict[str, tuple[bytes, str]]] = []
    for item in recorded:
        data, free = _split(item.event)
        rows.append(_next_row(heads, item, data))
        texts.append(free)
    positions = _add(connection, rows)
    _store_texts(connection, positions, texts)
    connection.execute(
        _MOVE_HEADS,
        [{"name": name, "number": n, "digest": d} for name, (n, d) in sorted(heads.items())],
    )
    connection.execute(_NOTIFY, {"position": str(positions[-1])})
    return [
        Entry(position, item.stream, row["number"], row["kind"], item.event, item.actor_id, item.at)
        for position, row, item in zip(positions, rows, recorded, strict=True)
    ]


def head(session: Session, stream: str) -> int:
    """The number of a stream's last entry; 0 if it has none."""
    return session.scalar(select(Stream.number).where(Stream.name == stream)) or 0


def read_stream(
    session: Session, stream: str, *, after: int = 0, limit: int | None = None
) -> list[Entry]:
    """A stream's entries beyond a number, in order."""
    query = (
        select(EntryRow)
        .where(EntryRow.stream == stream, EntryRow.number > literal(after, BigInteger))
        .order_by(EntryRow.number)
        .limit(limit)
    )
    return _entries(session, query)


def read_streams(session: Session, streams: Iterable[str]) -> list[Entry]:
    """The entries of several streams in the order in which they were committed."""
    query = select(EntryRow).where(EntryRow.stream.in_(list(streams))).order_by(EntryRow.position)
    return _entries(session, query)


def read_forward(session: Session, *, after: int, limit: int) -> list[Entry]:
    """All entries beyond a position, in the order in which they were committed."""
    query = (
        select(EntryRow).where(EntryRow.position > after).order_by(EntryRow.position).limit(limit)
    )
    return _entries(session, query)


def read_latest(
    session: Session, *, streams: Iterable[str] | None = None, before: int | None = None, limit: int
) -> list[Entry]:
    """The newest entries first, of the given streams or of all; `before` is a position."""
    query = select(EntryRow).order_by(EntryRow.position.desc()).limit(limit)
    if streams is not None:
        query = query.where(EntryRow.stream.in_(list(streams)))
    if before is not None:
        query = query.where(EntryRow.position < before)
    return _entries(session, query)


def read_entry(session: Session, position: int) -> Entry:
    """The entry at a position; LookupError if there is none."""
    found = _entries(session, select(EntryRow).where(EntryRow.position == position))
    if not found:
        raise LookupError(f"no entry at position {position}")
    return found[0]


def erase_texts(session: Session, position: int) -> None:
    """Forget the free texts of an entry for ever, salts included; its chain stays whole."""
    session.execute(
        update(TextRow).where(TextRow.position == position).values(salt=None, body=None)
    )


def _add(connection: Connection, rows: list[dict[str, Any]]) -> list[int]:
    """Store rows of entries; their positions, in the order given."""
    lists = {name: [row[name] for row in rows] for name in _COLUMNS}
    lists["data"] = [json.dumps(data) for data in lists["data"]]
    added = connection.execute(_ADD_ENTRIES, lists)
    places = {(stream, number): position for position, stream, number in added}
    return [places[row["stream"], row["number"]] for row in rows]


def forget_rehearsed(session: Session, numbers: Sequence[int]) -> None:
    """Delete the streams of a rehearsal with their texts: all that have one of the numbers.

    ValueError for a number that is not a rehearsal's; the database refuses those too.
    """
    if any(number < REHEARSED_FROM for number in numbers):
        raise ValueError("only what was rehearsed is forgotten")
    ends = [Stream.name.like(f"%:{number}") for number in numbers]
    names = list(session.scalars(select(Stream.name).where(or_(false(), *ends))))
    positions = select(EntryRow.position).where(EntryRow.stream.in_(names))
    session.execute(delete(TextRow).where(TextRow.position.in_(positions)))
    session.execute(delete(EntryRow).where(EntryRow.stream.in_(names)))
    session.execute(delete(Stream).where(Stream.name.in_(names)))


def _heads(connection: Connection, names: set[str]) -> dict[str, tuple[int, bytes]]:
    found = connection.execute(_HEADS, {"names": list(names)})
    known = {name: (number, digest) for name, number, digest in found}
    return {name: known.get(name, (0, GENESIS)) for name in names}


def _next_row(
    heads: dict[str, tuple[int, bytes]], item: Recorded, data: dict[str, Any]
) -> dict[str, Any]:
    """The row that follows its stream's head; the head moves on to it."""
    number, prev_digest = heads[item.stream][0] + 1, heads[item.stream][1]
    fields: dict[str, Any] = {
        "stream": item.stream,
        "number": number,
        "kind": item.event.kind,
        "data": data,
        "actor_id": item.actor_id,
        "at": item.at,
        "salt": secrets.token_bytes(_SALT_BYTES),
    }
    digest = chain_digest(prev_digest, canonical(**fields))
    heads[item.stream] = (number, digest)
    return {**fields, "digest": digest, "prev_digest": prev_digest}


def _split(happened: Event) -> tuple[dict[str, Any], dict[str, tuple[bytes, str]]]:
    """An event's data with digests for its free texts, and those texts with their salts."""
    data = to_data(happened)
    free: dict[str, tuple[bytes, str]] = {}
    for name in text_fields(type(happened)):
        if data[name] is not None:
            salt = secrets.token_bytes(_SALT_BYTES)
            free[name] = (salt, data[name])
            data[name] = {"digest": text_digest(salt, data[name])}
    return data, free


def _store_texts(
    connection: Connection, positions: Sequence[int], texts: list[dict[str, tuple[bytes, str]]]
) -> None:
    rows = [
        {"position": position, "field": field, "salt": salt, "body": body}
        for position, free in zip(positions, texts, strict=True)
        for field, (salt, body) in free.items()
    ]
    if rows:
        connection.execute(insert(TextRow), rows)


def _entries(session: Session, query: Any) -> list[Entry]:
    rows = session.scalars(query).all()
    texts = _texts(session, [row.position for row in rows])
    return [_entry(row, texts.get(row.position, {})) for row in rows]


def _texts(session: Session, positions: list[int]) -> dict[int, dict[str, str | None]]:
    found: dict[int, dict[str, str | None]] = {}
    if positions:
        for row in session.execute(
            select(TextRow.position, TextRow.field, TextRow.body).where(
                TextRow.position.in_(positions)
            )
        ):
            found.setdefault(row.position, {})[row.field] = row.body
    return found


def _entry(row: EntryRow, texts: dict[str, str | None]) -> Entry:
    data = {**row.data, **{field: FreeText(body or "") for field, body in texts.items()}}
    event = from_data(row.kind, data)
    return Entry(row.position, row.stream, row.number, row.kind, event, row.actor_id, row.at)


def listen_statement() -> Any:
    """The statement with which a consumer begins to listen for new entries."""
    return text(f"LISTEN {CHANNEL}")
