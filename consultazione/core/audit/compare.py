"""Comparing rows of the database with what the log says that they are.

A book that can be read apart is folded some streams at a time, so what is held at once does not
grow with the log; of each row that is over only its key is kept, to find rows that were added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import Session

from consultazione.core.audit.absent import Absent, absent, is_elsewhere
from consultazione.core.audit.books import Audit, Book, books
from consultazione.core.audit.fold import Expected, Key, Rows, plain
from consultazione.core.audit.gaps import NO_GAP, Gap, gap_of, withheld_kinds
from consultazione.core.audit.reading import UNKNOWN, Words, agree, read_as, words_of
from consultazione.core.audit.sources import Past, Text
from consultazione.core.columns import among
from consultazione.core.log import EntryRow, Stream, is_ephemeral
from consultazione.core.log.order_marks import holds_mark
from consultazione.core.log.restored import restored_until

# So many entries are folded at once, if their streams can be read apart.
CHUNK = 20_000
_SLICE = 2000
_LONGEST = 80

_Heads = dict[str, list[tuple[str, int]]]


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
    heads = _heads(session)
    withheld, until = withheld_kinds(session), restored_until(session)
    for book in books() if asked is None else asked:
        gaps = [gap_of(audit, book.families, withheld, until=until) for audit in book.audits]
        seen: list[set[Key]] = [set() for _ in book.audits]
        for part in _folded(session, book, heads):
            for rows, keys, gap in zip(part, seen, gaps, strict=True):
                keys.update(rows.rows)
                yield from _differences(session, rows, gap)
        for audit, keys, gap in zip(book.audits, seen, gaps, strict=True):
            yield from _added(session, audit, keys, gap)


def folded(session: Session, book: Book) -> Iterator[Rows]:
    """What a book's audits expect, all at once: for tests, which have little."""
    whole = Book(book.families, book.audits)
    for part in _folded(session, whole, _heads(session)):
        yield from part


def compared(session: Session, rows: Rows) -> Iterator[Difference]:
    """How the database differs from rows that are all that an audit expects."""
    yield from _differences(session, rows, NO_GAP)
    yield from _added(session, rows.audit, set(rows.rows), NO_GAP)


def _folded(session: Session, book: Book, heads: _Heads) -> Iterator[list[Rows]]:
    """The rows that a book's audits expect, from some streams at a time."""
    for names in _chunks(book, heads):
        part = [Rows(audit) for audit in book.audits]
        for entry in _entries(session, names, book.kinds):
            for rows in part:
                # What cannot be read was tampered with: the checks of its stream name it.
                with suppress(AttributeError, KeyError, TypeError, ValueError):
                    rows.fold(entry)
        yield part


def _heads(session: Session) -> _Heads:
    """The streams that are kept, by their family, and how many entries each has."""
    heads: _Heads = {}
    for name, count in session.execute(select(Stream.name, Stream.number)):
        if not is_ephemeral(name):
            heads.setdefault(name.partition(":")[0], []).append((name, count))
    return heads


def _chunks(book: Book, heads: _Heads) -> Iterator[list[str]]:
    """The streams of a book, some at a time; all streams of one number together."""
    by_number: dict[int, list[tuple[str, int]]] = {}
    for family in book.families:
        for name, count in heads.get(family, ()):
            by_number.setdefault(int(name.partition(":")[2]), []).append((name, count))
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


def _differences(session: Session, rows: Rows, gap: Gap) -> Iterator[Difference]:
    for keys in _slices(rows.rows):
        expected = {key: rows.rows[key] for key in keys}
        words = words_of(session, expected.values())
        found = _found(session, rows.audit, keys)
        gone = absent(session, rows.audit, expected.values()) if gap.until else frozenset()
        for key, row in expected.items():
            if key in found:
                known = _known(row, found[key], gap, gone)
                yield from _columns(rows.audit, key, row, known, found[key], words)
            elif not (gap.rows or is_elsewhere(rows.audit, row, gone, gap.until)):
                last = max(row.by.values(), key=lambda entry: entry.position)
                what = "is missing, the log has it"
                yield Difference(
                    rows.audit.table.name, _named(rows.audit, key), None, what,
                    last.stream, last.number,
                )  # fmt: skip


def _known(row: Expected, found: Mapping[str, Any], gap: Gap, gone: Absent) -> Mapping[str, Any]:
    """The columns that can be compared: not what was emptied, since it refers to nothing here."""
    if not gap.columns and not gone:
        return row.values
    emptied = {
        name for name, value in gone if found.get(name) is None and row.values.get(name) == value
    }
    return {n: v for n, v in row.values.items() if n not in gap.columns and n not in emptied}


def _slices(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """So many keys at a time, or more: those that share their first column stay together, since
    all of its rows come along.
    """
    by_first: dict[Any, list[Key]] = {}
    for key in keys:
        by_first.setdefault(key[0], []).append(key)
    some: list[Key] = []
    for shared in by_first.values():
        some += shared
        if len(some) >= _SLICE:
            yield some
            some = []
    if some:
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
    names = [column.name for column in columns]
    return {_key(audit, row): dict(zip(names, row, strict=True)) for row in session.execute(query)}


def _names(audit: Audit) -> dict[str, None]:
    return dict.fromkeys(audit.columns)


def _key(audit: Audit, row: Any) -> Key:
    """The values of the key, which stands first in the row."""
    return tuple(map(plain, row[: len(audit.key)]))


def _columns(
    audit: Audit,
    key: Key,
    row: Expected,
    known: Mapping[str, Any],
    found: Mapping[str, Any],
    words: Words,
) -> Iterator[Difference]:
    for name, value in known.items():
        if name in audit.key:
            continue
        stands = plain(found[name])
        if stands == value:  # most are, as they stand in the log
            continue
        said = read_as(audit.table.c[name].type, value, words)
        is_erased = said is None and isinstance(value, Text) and holds_mark(str(stands))
        if said is UNKNOWN or is_erased or agree(stands, said):
            continue
        entry = row.by[name]
        yield Difference(
            audit.table.name, _named(audit, key), name,
            f"is {_short(stands)}, the log says {_short(said)}", entry.stream, entry.number,
        )  # fmt: skip


def _added(session: Session, audit: Audit, keys: set[Key], gap: Gap) -> Iterator[Difference]:
    """Rows that the log never spoke of: they should not be there, or say what is untold."""
    untold = {name: said for name, said in audit.untold.items() if name not in gap.columns}
    if gap.rows or (not audit.begun and audit.told is None and not untold):
        return
    names = dict.fromkeys([*audit.key, *untold])
    told = literal(value=False) if audit.told is None else audit.told
    columns: list[ColumnElement[Any]] = [audit.table.c[name] for name in names]
    query = select(*columns, told.label("is_told"))
    if audit.only is not None:
        query = query.where(audit.only)
    for row in session.execute(query.execution_options(yield_per=_SLICE)):
        key = _key(audit, row)
        if key in keys:
            continue
        if audit.begun or row.is_told:
            what = "is there, and the log says nothing of it"
            yield Difference(audit.table.name, _named(audit, key), None, what)
        for name, said in untold.items():
            stands = plain(getattr(row, name))
            if not agree(stands, plain(said)):
                what = f"is {_short(stands)}, and the log says nothing of it"
                yield Difference(audit.table.name, _named(audit, key), name, what)


def _named(audit: Audit, key: Key) -> str:
    return " ".join(f"{name}={value}" for name, value in zip(audit.key, key, strict=True))


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
