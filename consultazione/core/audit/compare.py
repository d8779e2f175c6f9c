"""Comparing rows of the database with what the log says that they are.

A book that can be read apart is folded some streams at a time, so what is held at once does not
grow with the log; of each row that is over only its key is kept, to find rows that were added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Date, DateTime, Row, or_, select
from sqlalchemy.orm import Session

from consultazione.core.audit.books import Audit, Book, books
from consultazione.core.audit.fold import Expected, Key, Rows, plain
from consultazione.core.audit.sources import Hashed, Leaf, Part, Past, Text, Worded
from consultazione.core.canonical import sha256_of
from consultazione.core.columns import among
from consultazione.core.log import EntryRow, Stream, TextRow, is_ephemeral
from consultazione.core.log.order_marks import holds_mark
from consultazione.core.log.texts import UnreadableText, open_row

# So many entries are folded at once, if their streams can be read apart.
CHUNK = 20_000
_SLICE = 2000
_LONGEST = 80

Words = dict[tuple[int, str] | tuple[int, str, str], str | int | None]


@dataclass(frozen=True)
class Difference:
    """One thing that the database says and the log does not; str() names row and column.

    key: of the row, as `column=value`. column: None if the whole row is missing or was added.
    stream, number: the entry that says otherwise; of a row that was added, none.
    """

    table: str
    key: str
    column: str | None
    what: str
    stream: str = ""
    number: int = 0

    def __str__(self) -> str:
        """Such as `proposal id=12 title: is 'X', the log says 'Y'`."""
        column = f" {self.column}:" if self.column else ""
        return f"{self.table} {self.key}{column} {self.what}"


def differences(session: Session, asked: Iterable[Book] | None = None) -> Iterator[Difference]:
    """All that rows say and the log does not, book by book.

    session: of one snapshot, so that rows and log are of the same moment.
    """
    for book in books() if asked is None else asked:
        seen: list[set[Key]] = [set() for _ in book.audits]
        for part in _folded(session, book):
            for rows, keys in zip(part, seen, strict=True):
                keys.update(rows.rows)
                yield from _differences(session, rows)
        for audit, keys in zip(book.audits, seen, strict=True):
            yield from _added(session, audit, keys)


def folded(session: Session, book: Book) -> Iterator[Rows]:
    """What a book's audits expect, all at once: for tests, which have little."""
    whole = Book(book.families, book.audits)
    for part in _folded(session, whole):
        yield from part


def compared(session: Session, rows: Rows) -> Iterator[Difference]:
    """How the database differs from rows that are all that an audit expects."""
    yield from _differences(session, rows)
    yield from _added(session, rows.audit, set(rows.rows))


def _folded(session: Session, book: Book) -> Iterator[list[Rows]]:
    """The rows that a book's audits expect, from some streams at a time."""
    for names in _chunks(session, book):
        part = [Rows(audit) for audit in book.audits]
        for entry in _entries(session, names, book.kinds):
            for rows in part:
                # What cannot be read was tampered with: the checks of its stream name it.
                with suppress(AttributeError, KeyError, TypeError, ValueError):
                    rows.fold(entry)
        yield part


def _chunks(session: Session, book: Book) -> Iterator[list[str]]:
    """The streams of a book, some at a time; all streams of one number together."""
    heads = session.execute(select(Stream.name, Stream.number)).all()
    by_number: dict[int, list[tuple[str, int]]] = {}
    for name, count in heads:
        family, _colon, number = name.partition(":")
        if family in book.families and not is_ephemeral(name):
            by_number.setdefault(int(number), []).append((name, count))
    names: list[str] = []
    held = 0
    for _number, streams in sorted(by_number.items()):
        names += [name for name, _ in streams]
        held += sum(count for _, count in streams)
        if book.apart and held >= CHUNK:
            yield names
            names, held = [], 0
    if names:
        yield names


def _entries(session: Session, names: list[str], kinds: list[str]) -> Iterator[Past]:
    query = (
        select(
            EntryRow.position, EntryRow.stream, EntryRow.number, EntryRow.kind, EntryRow.data,
            EntryRow.actor_id, EntryRow.at,
        )
        .where(EntryRow.stream.in_(names), EntryRow.kind.in_(kinds))
        .order_by(EntryRow.position)
    )  # fmt: skip
    for position, stream, number, kind, data, actor_id, at in session.execute(
        query.execution_options(yield_per=_SLICE)
    ):
        if not isinstance(data, dict):
            continue  # tampered with, as above
        for name, value in data.items():
            if isinstance(value, dict) and value.keys() == {"digest"}:
                data[name] = Text(position, name)
        yield Past(position, stream, number, kind, data, actor_id, at)


def _differences(session: Session, rows: Rows) -> Iterator[Difference]:
    for keys in _slices(rows.rows):
        expected = {key: rows.rows[key] for key in keys}
        words = _words(session, expected.values())
        found = _found(session, rows.audit, keys)
        for key, row in expected.items():
            if key in found:
                yield from _columns(rows.audit, key, row, found[key], words)
            else:
                last = max(row.by.values(), key=lambda entry: entry.position)
                what = "is missing, the log has it"
                yield Difference(
                    rows.audit.table.name, _named(rows.audit, key), None, what,
                    last.stream, last.number,
                )  # fmt: skip


def _slices(keys: Iterable[Key]) -> Iterator[list[Key]]:
    remaining = iter(keys)
    while some := list(islice(remaining, _SLICE)):
        yield some


def _found(session: Session, audit: Audit, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
    """The rows of some keys as they stand; whole rows of a key that is shared come along."""
    columns = [audit.table.c[name] for name in {**dict.fromkeys(audit.key), **_names(audit)}]
    first = audit.table.c[audit.key[0]]
    wanted = {key[0] for key in keys} - {None}
    by_id = all(isinstance(value, int) for value in wanted)
    where = among(first, wanted) if by_id else first.in_(wanted)
    query = select(*columns).where(or_(where, first.is_(None)))
    if audit.only is not None:
        query = query.where(audit.only)
    return {_key(audit, row): dict(row._mapping) for row in session.execute(query)}


def _names(audit: Audit) -> dict[str, None]:
    return dict.fromkeys(audit.columns)


def _key(audit: Audit, row: Row[Any]) -> Key:
    return tuple(plain(getattr(row, name)) for name in audit.key)


def _columns(
    audit: Audit, key: Key, row: Expected, found: Mapping[str, Any], words: Words
) -> Iterator[Difference]:
    for name, value in row.values.items():
        if name in audit.key:
            continue
        said = _read_as(audit, name, value, words)
        stands = plain(found[name])
        is_erased = said is None and isinstance(value, Text) and holds_mark(str(stands))
        if said is _UNKNOWN or is_erased or _agree(stands, said):
            continue
        entry = row.by[name]
        yield Difference(
            audit.table.name, _named(audit, key), name,
            f"is {_short(stands)}, the log says {_short(said)}", entry.stream, entry.number,
        )  # fmt: skip


_UNKNOWN = object()
# How words are read that stand for a value of another type.
_VALUES: dict[type, Callable[[Any], Any]] = {int: int, bool: lambda words: words == "yes"}


def _agree(stands: Any, said: Any) -> bool:
    if isinstance(said, Part):
        return isinstance(stands, Mapping) and all(
            stands.get(name) == value for name, value in said.fields.items()
        )
    if isinstance(said, Hashed):
        return stands is not None and _digest(stands) == said.digest
    return bool(stands == said) or (said in (None, "") and stands in (None, ""))


def _digest(stands: Any) -> str:
    return sha256(stands).hexdigest() if isinstance(stands, bytes) else sha256_of(stands)


def _read_as(audit: Audit, name: str, value: Any, words: Words) -> Any:
    """A value of the log in the type of its column; an erased text is none."""
    column = audit.table.c[name].type
    if isinstance(value, Text):
        said = words.get((value.position, value.field), _UNKNOWN)
        is_worded = isinstance(value, Worded) and isinstance(said, str)
        return _VALUES.get(column.python_type, str)(said) if is_worded else said
    if isinstance(value, Leaf):
        return words.get((value.position, value.field, "leaf"), _UNKNOWN)
    if isinstance(value, str) and isinstance(column, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column, Date):
        return date.fromisoformat(value)
    return value


def _words(session: Session, rows: Iterable[Expected]) -> Words:
    """The texts that some rows must say; None for one that was erased.

    One that cannot be read is left out: the checks of its stream name it.
    """
    wanted = {
        (value.position, value.field)
        for row in rows
        for value in row.values.values()
        if isinstance(value, Text | Leaf)
    }
    words: Words = {}
    if not wanted:
        return words
    query = select(TextRow).where(among(TextRow.position, {position for position, _ in wanted}))
    for row in session.scalars(query):
        place = (row.position, row.field)
        if place in wanted:
            words[*place, "leaf"] = row.leaf
            try:
                text = open_row(session, row)
            except UnreadableText:
                continue
            words[place] = text.body if text else None
    return words


def _added(session: Session, audit: Audit, keys: set[Key]) -> Iterator[Difference]:
    """Rows that the log never spoke of: they should not be there, or say what is untold."""
    if not audit.begun and not audit.untold:
        return
    names = [*audit.key, *(name for name in audit.untold if name not in audit.key)]
    query = select(*(audit.table.c[name] for name in names))
    if audit.only is not None:
        query = query.where(audit.only)
    for row in session.execute(query.execution_options(yield_per=_SLICE)):
        key = _key(audit, row)
        if key in keys:
            continue
        if audit.begun:
            what = "is there, and the log says nothing of it"
            yield Difference(audit.table.name, _named(audit, key), None, what)
        for name, said in audit.untold.items():
            stands = plain(getattr(row, name))
            if not _agree(stands, plain(said)):
                what = f"is {_short(stands)}, and the log says nothing of it"
                yield Difference(audit.table.name, _named(audit, key), name, what)


def _named(audit: Audit, key: Key) -> str:
    return " ".join(f"{name}={value}" for name, value in zip(audit.key, key, strict=True))


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
