"""Finds where passages stand: in rows of a zone's tables, in their versions, in the log.

All read what is committed now, in the caller's session. `key` names a place without its words,
so that a page can offer it and a command recognise it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    cast,
    false,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from consultazione.core.log import EntryRow, TextRow, is_kept
from consultazione.core.log.texts import open_text
from consultazione.core.revisions import Revision
from consultazione.core.text_keys import keys_of
from consultazione.erasure.columns import in_zone, is_json, tables_with_words, text_columns
from consultazione.erasure.passages import (
    Passage,
    Path,
    occurrences,
    occurrences_said,
    paths_in,
)
from consultazione.home.streams import streams_of
from consultazione.tables.seats.kept import SEATS
from consultazione.zones.models import Cycle

# The column that says which uploaded file a row publishes.
DIGEST = "sha256"
# The fields of a version that hold what its row said.
VERSION_FIELDS = ("was", "now", "reason")
# What is kept under another name than that of the table whose ids it has.
_KEPT_AS = {"thematic_table": SEATS}
# Rows that can be removed while their versions stay: the kind of the entry, and its field.
_REMOVED = {"conclusion": ("minutes.conclusion_removed", "conclusion_id")}
# Sealed documents: their bytes are under a digest that others rely on.
SEALED = frozenset({
    ("minutes", "document"), ("outcome", "document"), ("registered_document", "content"),
})  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A value that holds passages: a column of a row, or a text of an entry.

    table: `log_text` for an entry. row: the primary key, or the stream and number of the entry.
    column: or the field of the entry. times: how often passages stand there. paths: where in it,
    if it is JSON. position: of the entry.
    """

    table: str
    row: tuple[str, ...]
    column: str
    times: int
    paths: tuple[Path, ...] = field(default=(), compare=False)
    position: int = field(default=0, compare=False)

    @property
    def is_sealed(self) -> bool:
        """True for a document under a digest, which can only become a new edition."""
        return (self.table, self.column) in SEALED

    @property
    def is_file(self) -> bool:
        """True for an uploaded file, which is destroyed."""
        return self.column == DIGEST

    @property
    def is_row(self) -> bool:
        """True for words in a row of a table: no entry of the log, and no file."""
        return not self.position and not self.is_file

    @property
    def key(self) -> str:
        """Names the place; holds no words."""
        return "/".join((self.table, *self.row, self.column))


def fingerprint(places: Iterable[Place]) -> str:
    """A digest of places, by which a command knows whether they are still those of a preview."""
    named = sorted(f"{place.key}={place.times}" for place in places)
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def find_places(session: Session, zone_id: int, passages: Sequence[Passage]) -> list[Place]:
    """Every place of a zone in which one of the passages stands."""
    if not passages:
        return []
    return [
        *_in_columns(session, zone_id, passages),
        *_in_versions(session, zone_id, passages),
        *_in_log(session, zone_id, passages),
    ]


def holds_some(
    column: Column[Any] | InstrumentedAttribute[Any], passages: Sequence[Passage]
) -> ColumnElement[bool]:
    """The condition that a column may hold a passage; what it finds is read closely after."""
    text = cast(column, Text)
    return or_(
        false(), *(text.icontains(passage.key_word, autoescape=True) for passage in passages)
    )


def _in_columns(session: Session, zone_id: int, passages: Sequence[Passage]) -> Iterator[Place]:
    for column in text_columns():
        table: Table = column.table
        key = list(table.primary_key.columns)
        query = select(*key, column.label("value")).where(
            in_zone(table, zone_id), holds_some(column, passages)
        )
        for row in session.execute(query.order_by(*key)):
            yield from _place(table.name, tuple(row), column.name, passages, json=is_json(column))


def _in_versions(session: Session, zone_id: int, passages: Sequence[Passage]) -> Iterator[Place]:
    """In what rows of the zone said before they were put right."""
    kept = or_(
        *(_versions_of(table, zone_id) for table in tables_with_words()),
        *(_versions_of_removed(session, name, zone_id) for name in _REMOVED),
    )
    for name in VERSION_FIELDS:
        column = getattr(Revision, name)
        query = select(Revision.id, column.label("value")).where(kept, holds_some(column, passages))
        for row in session.execute(query.order_by(Revision.id)):
            yield from _place("revision", tuple(row), name, passages, json=name != "reason")


def _versions_of(table: Table, zone_id: int) -> ColumnElement[bool]:
    first = next(iter(table.primary_key.columns))
    rows = select(first).where(in_zone(table, zone_id))
    names = {table.name, _KEPT_AS.get(table.name, table.name)}
    return Revision.subject.in_(names) & Revision.subject_id.in_(rows)


def _versions_of_removed(session: Session, name: str, zone_id: int) -> ColumnElement[bool]:
    """Versions of rows that are there no more, which the entry of their removal names."""
    kind, field = _REMOVED[name]
    removed = select(cast(EntryRow.data[field].astext, BigInteger)).where(
        EntryRow.kind == kind, EntryRow.stream.in_(zone_streams(session, zone_id))
    )
    return (Revision.subject == name) & Revision.subject_id.in_(removed)


def _place(
    table: str, row: tuple[Any, ...], column: str, passages: Sequence[Passage], *, json: bool
) -> Iterator[Place]:
    key, value = row[:-1], row[-1]
    paths = tuple(paths_in(value, passages)) if json else ()
    times = sum(n for _path, n in paths) if json else occurrences(value, passages)
    if times:
        name = tuple(map(str, key))
        yield Place(table, name, column, times, tuple(path for path, _n in paths))


def _in_log(session: Session, zone_id: int, passages: Sequence[Passage]) -> Iterator[Place]:
    """In the texts of the log, which only the keys can read: each of the zone is opened."""
    tree = keys_of(session).tree(session)
    for row in session.execute(_texts(session, zone_id)):
        text = open_text(tree, row.position, row.field, row.leaf, row.sealed)
        if text is not None and (times := occurrences_said(text.body, passages)):
            name = (row.stream, str(row.number))
            yield Place("log_text", name, row.field, times, position=row.position)


def zone_streams(session: Session, zone_id: int) -> Select[str]:
    """Selects the names of all public streams of a zone, those of its earlier cycles included."""
    cycles = session.scalars(select(Cycle.id).filter_by(zone_id=zone_id)).all()
    names = streams_of(*cycles).subquery()
    territory = names.c.stream.startswith("territory:")
    return select(names.c.stream).where(~territory)


def _texts(session: Session, zone_id: int) -> Any:
    """Selects the texts of the zone's public streams that are not erased."""
    streams = EntryRow.stream.in_(zone_streams(session, zone_id))
    return (
        select(
            TextRow.position,
            TextRow.field,
            TextRow.leaf,
            TextRow.sealed,
            EntryRow.stream,
            EntryRow.number,
        )
        .join(EntryRow, EntryRow.position == TextRow.position)
        .where(TextRow.sealed.is_not(None), is_kept(), streams)
        .order_by(TextRow.position, TextRow.field)
    )
